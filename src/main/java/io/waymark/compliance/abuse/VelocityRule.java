package io.waymark.compliance.abuse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * So many customers with the same signal within so many hours are too many.
 *
 * @param events types of events that count, e.g. {@code account.opened}
 * @param signal {@code device}, {@code ip} or {@code contact}
 * @param customers from how many different customers on
 * @param regularSeconds when given, only if the times between them differ by no more than so many
 *     seconds, as those of a script do
 */
public record VelocityRule(
    String code,
    String name,
    Set<String> events,
    String signal,
    int customers,
    int hours,
    @Nullable Integer regularSeconds,
    String basis) {

  public VelocityRule {
    events = Set.copyOf(events);
    Objects.requireNonNull(code);
    Objects.requireNonNull(name);
    Objects.requireNonNull(signal);
    Objects.requireNonNull(basis);
  }

  Duration window() {
    return Duration.ofHours(hours);
  }

  /** Whether the gaps between these moments, in ascending order, are those of a machine. */
  boolean regular(List<Instant> moments) {
    if (regularSeconds == null) {
      return true;
    }
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int i = 1; i < moments.size(); i++) {
      long gap = Duration.between(moments.get(i - 1), moments.get(i)).toMillis();
      shortest = Math.min(shortest, gap);
      longest = Math.max(longest, gap);
    }
    return longest - shortest <= regularSeconds * 1000L;
  }
}
