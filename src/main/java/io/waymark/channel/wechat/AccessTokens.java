package io.waymark.channel.wechat;

import io.waymark.channel.wechat.TokenRows.Token;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one account. The vendors take the old one back when a new one is asked for
 * (企业微信 limits how often), so the nodes share one through the database and one of them at a time
 * fetches; the others wait for what it brings.
 */
final class AccessTokens {

  /** New ones are fetched so long before the old one ends. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final int LOOKS = 30;
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final String provider;
  private final TokenRows rows;
  private final Supplier<Optional<Token>> fetch;
  private final Clock clock;
  private volatile @Nullable Token known;

  /**
   * @param fetch asks the vendor; empty when it did not give one
   */
  AccessTokens(String provider, TokenRows rows, Supplier<Optional<Token>> fetch, Clock clock) {
    this.provider = provider;
    this.rows = rows;
    this.fetch = fetch;
    this.clock = clock;
  }

  /** A token that should be good; empty when none is to be had now. */
  Optional<String> current() {
    Token mine = known;
    if (mine != null && fresh(mine)) {
      return Optional.of(mine.value());
    }
    return after(null);
  }

  /** Another token than the one the vendor has just refused. */
  Optional<String> after(@Nullable String refused) {
    for (int look = 0; look < LOOKS; look++) {
      Optional<Token> shared = rows.read(provider);
      if (shared.isPresent() && fresh(shared.get()) && !shared.get().value().equals(refused)) {
        known = shared.get();
        return Optional.of(shared.get().value());
      }
      Instant now = clock.instant();
      if (rows.lease(provider, now, now.plus(LEASE))) {
        Optional<Token> fetched = fetch.get();
        fetched.ifPresent(
            token -> {
              rows.write(provider, token, clock.instant());
              known = token;
            });
        return fetched.map(Token::value);
      }
      if (!pause()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean fresh(Token token) {
    return clock.instant().isBefore(token.expiresAt().minus(MARGIN));
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
