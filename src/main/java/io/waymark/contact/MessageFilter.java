package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of the log are wanted; a null narrows nothing.
 *
 * @param customerId only this customer's
 * @param participationId only this participation's
 * @param channel only this channel's
 * @param status only this status: waiting, sending, sent, delivered, failed, withheld, unknown
 * @param template only this template's
 * @param journeyKey only this journey's
 * @param purpose only this purpose
 * @param reason only this reason: code of a {@link WithheldReason} or of a provider
 * @param from not before
 * @param to before
 */
public record MessageFilter(
    @Nullable Long customerId,
    @Nullable Long participationId,
    @Nullable Channel channel,
    @Nullable String status,
    @Nullable String template,
    @Nullable String journeyKey,
    @Nullable Purpose purpose,
    @Nullable String reason,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** Messages of whatever purpose and reason. */
  public MessageFilter(
      @Nullable Long customerId,
      @Nullable Long participationId,
      @Nullable Channel channel,
      @Nullable String status,
      @Nullable String template,
      @Nullable String journeyKey,
      @Nullable Instant from,
      @Nullable Instant to) {
    this(customerId, participationId, channel, status, template, journeyKey, null, null, from, to);
  }

  /** Every message. */
  public static MessageFilter all() {
    return new MessageFilter(null, null, null, null, null, null, null, null);
  }
}
