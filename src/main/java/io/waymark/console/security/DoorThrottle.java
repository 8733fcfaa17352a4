package io.waymark.console.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down whoever tries the doors that need no sign-in: so many requests a minute from one
 * address. Kept in memory and bounded; each node counts for itself. Behind a proxy the address is
 * the customer's only when {@code server.forward-headers-strategy} is set.
 */
@Component
public class DoorThrottle {

  static final int ALLOWED = 120;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<String, Visits> visits =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Visits> eldest) {
          return size() > REMEMBERED;
        }
      };

  DoorThrottle(Clock clock) {
    this.clock = clock;
  }

  /** Counts a request and says whether it may go on. */
  public synchronized boolean admits(String address) {
    Instant now = clock.instant();
    Visits counted =
        visits.merge(
            address,
            new Visits(1, now.plus(WINDOW)),
            (old, fresh) -> now.isBefore(old.until) ? new Visits(old.count + 1, old.until) : fresh);
    return counted.count <= ALLOWED;
  }

  private record Visits(int count, Instant until) {}
}
