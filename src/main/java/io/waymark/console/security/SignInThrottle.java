package io.waymark.console.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing: after five wrong passwords for one user name from one address, that pair is
 * refused for a quarter of an hour. Kept in memory and bounded; each node counts for itself.
 */
@Component
class SignInThrottle {

  static final int ALLOWED = 5;
  static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  SignInThrottle(Clock clock) {
    this.clock = clock;
  }

  synchronized boolean refuses(String username, String address) {
    Failures found = failures.get(key(username, address));
    return found != null && found.count >= ALLOWED && clock.instant().isBefore(found.until);
  }

  synchronized void failed(String username, String address) {
    Instant now = clock.instant();
    failures.merge(
        key(username, address),
        new Failures(1, now.plus(WINDOW)),
        (old, fresh) -> now.isBefore(old.until) ? new Failures(old.count + 1, fresh.until) : fresh);
  }

  synchronized void succeeded(String username, String address) {
    failures.remove(key(username, address));
  }

  private static String key(String username, String address) {
    return username.toLowerCase(Locale.ROOT) + ' ' + address;
  }

  private record Failures(int count, Instant until) {}
}
