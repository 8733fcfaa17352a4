package io.waymark.contact;

import io.waymark.platform.Channel;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer is not to be marketed to for a while.
 *
 * @param customerId whom
 * @param reason code, e.g. {@code complaint}; {@code cooling_off} gives that reason in the verdict
 * @param until the first moment at which marketing is allowed again
 * @param actor who said so
 * @param since when it was said
 * @param list the list it comes from; null when it was said of this customer alone
 * @param channels the channels it holds for; empty for all
 */
public record Suppression(
    long customerId,
    String reason,
    Instant until,
    String actor,
    Instant since,
    @Nullable String list,
    Set<Channel> channels) {

  public Suppression {
    channels = Set.copyOf(channels);
  }

  /** Whether it holds for a channel; when it is not known which, it does. */
  public boolean covers(Optional<Channel> channel) {
    return channels.isEmpty() || channel.map(channels::contains).orElse(true);
  }

  /** What follows from a complaint without anybody writing it down. */
  static Suppression complaint(long customerId, Instant received, Instant until) {
    return new Suppression(customerId, "complaint", until, "system", received, null, Set.of());
  }
}
