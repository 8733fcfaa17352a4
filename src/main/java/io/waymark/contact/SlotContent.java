package io.waymark.contact;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer sees at a place of the App now.
 *
 * @param messageId the message, to be named in click events
 * @param slot the place, e.g. {@code home}
 * @param subject title; null when the template has none
 * @param body the frozen text
 * @param template template code
 * @param product product code; null when it is about none
 * @param placedAt since when it may be seen
 * @param validUntil no longer from this moment
 */
public record SlotContent(
    UUID messageId,
    String slot,
    @Nullable String subject,
    String body,
    String template,
    @Nullable String product,
    Instant placedAt,
    Instant validUntil) {}
