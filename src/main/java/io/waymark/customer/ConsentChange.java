package io.waymark.customer;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One word of a customer about one purpose on one channel.
 *
 * @param customer ref or {@code type:value} identity
 * @param state granted or refused (a withdrawal is a refusal); unknown cannot be said
 * @param source where it was said, e.g. {@code app}, {@code sms_reply}
 * @param textVersion version of the text that was agreed to; may be empty only for a refusal
 * @param expires from when a grant no longer counts, null for never
 * @param evidenceRef the source's proof, null when none
 */
public record ConsentChange(
    String customer,
    Purpose purpose,
    Channel channel,
    ConsentState state,
    String source,
    String textVersion,
    Instant at,
    @Nullable Instant expires,
    @Nullable String evidenceRef) {}
