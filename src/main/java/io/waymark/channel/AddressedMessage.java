package io.waymark.channel;

import io.waymark.platform.Channel;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rendered message on its way to one address.
 *
 * @param messageId names the message for ever; providers use it as idempotency key
 * @param channel the channel it leaves by
 * @param address mobile number, e-mail address or target URL; personal data, never logged
 * @param subject subject line; null where the channel has none
 * @param body the frozen text; for e-mail HTML or plain text
 * @param headers extra headers by name for protocols that have them (e-mail), e.g. {@code
 *     List-Unsubscribe}; other protocols ignore them
 */
public record AddressedMessage(
    UUID messageId,
    Channel channel,
    String address,
    @Nullable String subject,
    String body,
    Map<String, String> headers) {

  public AddressedMessage {
    headers = Map.copyOf(headers);
  }

  /** Without address and text, so that a log line can never carry personal data. */
  @Override
  public String toString() {
    return "AddressedMessage[" + messageId + " by " + channel.code() + "]";
  }
}
