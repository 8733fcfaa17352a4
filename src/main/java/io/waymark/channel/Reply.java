package io.waymark.channel;

import io.waymark.platform.Channel;
import java.time.Instant;

/**
 * What a customer sent back, as a provider handed it on (上行短信). Providers name the address, not the
 * message that was answered, and may hand the same reply on twice.
 *
 * @param provider name of the provider it came by
 * @param address who wrote, as the provider spells it; personal data, never logged
 * @param text the customer's own words; personal data
 * @param at when it was written, by the provider's clock
 * @param providerReplyId unique for the provider and stable over repeats
 */
public record Reply(
    String provider,
    Channel channel,
    String address,
    String text,
    Instant at,
    String providerReplyId) {

  /** Without address and words, so that a log line can never carry personal data. */
  @Override
  public String toString() {
    return "Reply[" + providerReplyId + " by " + provider + "]";
  }
}
