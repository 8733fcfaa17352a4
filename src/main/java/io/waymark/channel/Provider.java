package io.waymark.channel;

import io.waymark.platform.Channel;
import java.util.Optional;
import java.util.UUID;

/** A way out of the house on one channel. Implementations are safe for many threads at once. */
public interface Provider {

  Channel channel();

  /** Stable name for tables, limits and the receipt address, e.g. {@code sms-http}. */
  String name();

  /**
   * Hands one message over. Blocks on the network up to the provider's time-outs, so it must never
   * be called inside a database transaction. Sending the same message id again is the same message
   * to the provider where its protocol allows that (SMS, webhook).
   *
   * @return never null and never thrown instead: every failure of the network is an answer
   */
  ProviderAnswer send(AddressedMessage message);

  UnknownPolicy whenUnknown();

  /**
   * Asks what became of a message. {@link ProviderAnswer.Accepted}: the provider has it. {@link
   * ProviderAnswer.Rejected}: the provider refused it. {@link ProviderAnswer.Unknown}: the provider
   * knows no such message, which does not prove that a request still on its way never arrives.
   * Empty: it could not be asked now, or the protocol has no such question.
   */
  Optional<ProviderAnswer> query(UUID messageId);

  /**
   * Asks as {@link #query(UUID)} does, for providers that find a message by its address only.
   * Callers that know the address use this one.
   */
  default Optional<ProviderAnswer> query(SentMessage message) {
    return query(message.messageId());
  }

  /**
   * Where it sends, for people: scheme, host and port, never a key. Empty when it depends on the
   * message.
   */
  default String target() {
    return "";
  }

  /** Prefix of the properties that configure it; empty when none do, as in tests. */
  default String settings() {
    return "";
  }

  /**
   * The vendor's published worked example its signatures are tested against, with its address.
   * Empty: none was at hand, and its page says 「未经厂商校验」.
   */
  default Optional<String> verification() {
    return Optional.empty();
  }
}
