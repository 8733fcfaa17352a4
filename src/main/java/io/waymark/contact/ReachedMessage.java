package io.waymark.contact;

import io.waymark.platform.Channel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that had left before what it is about was recalled.
 *
 * @param status as it stands now: sent, delivered, failed, unknown, or waiting while the provider's
 *     answer is still out
 * @param sentAt when a provider took it over; null for the App and while that is not known
 */
public record ReachedMessage(
    UUID messageId,
    Instant createdAt,
    long customerId,
    String branch,
    Channel channel,
    String template,
    @Nullable String product,
    String journeyKey,
    String status,
    @Nullable Instant sentAt) {}
