package io.waymark.customer.tag;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How full and how fresh a tag is.
 *
 * @param filled customers with a value, fresh or not
 * @param stale customers whose value is past its freshness limit, and so unknown
 * @param customers customers in all when it was counted
 * @param lastAsOf when the latest value was true; null without values
 * @param countedAt when it was counted
 */
public record TagQuality(
    String tag,
    long filled,
    long stale,
    long customers,
    @Nullable Instant lastAsOf,
    Instant countedAt) {

  /** Customers of whom the tag is known, per hundred, rounded down. */
  public int knownPercent() {
    return customers == 0 ? 0 : (int) ((filled - stale) * 100 / customers);
  }

  /** Stale values per hundred values, rounded up, so that one is not none. */
  public int stalePercent() {
    return filled == 0 ? 0 : (int) ((stale * 100 + filled - 1) / filled);
  }
}
