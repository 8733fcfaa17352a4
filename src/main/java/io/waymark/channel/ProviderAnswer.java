package io.waymark.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider said, or could not say, about one message. */
public sealed interface ProviderAnswer {

  /**
   * The provider has taken the message over; whether it arrives, a receipt tells.
   *
   * @param providerId the provider's own name for the message
   */
  record Accepted(String providerId) implements ProviderAnswer {}

  /**
   * The message certainly did not leave.
   *
   * @param code short code for tables and statistics: the provider's own, {@code http_<status>},
   *     {@code smtp_<code>}, or one of {@code connect}, {@code target_refused}, {@code address}
   * @param reason for people, in Chinese where it is ours; holds no address and no text
   * @param temporary whether the same message may succeed later
   * @param retryAfter how long the provider asks to be left alone; null when it did not say
   */
  record Rejected(String code, String reason, boolean temporary, @Nullable Duration retryAfter)
      implements ProviderAnswer {

    /** A refusal without a hint when to come back. */
    public Rejected(String code, String reason, boolean temporary) {
      this(code, reason, temporary, null);
    }
  }

  /**
   * The message may or may not have left: the request was handed over and no answer came back. Only
   * a receipt, {@link Provider#query}, or the channel's {@link UnknownPolicy} can settle it.
   *
   * @param reason for people; holds no address and no text
   */
  record Unknown(String reason) implements ProviderAnswer {}
}
