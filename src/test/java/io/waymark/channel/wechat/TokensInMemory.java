package io.waymark.channel.wechat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What several nodes share for the length of a test. */
final class TokensInMemory implements TokenRows {

  private final Map<String, Token> tokens = new HashMap<>();
  private final Map<String, Instant> leases = new HashMap<>();

  @Override
  public synchronized Optional<Token> read(String provider) {
    return Optional.ofNullable(tokens.get(provider));
  }

  @Override
  public synchronized boolean lease(String provider, Instant now, Instant until) {
    Instant held = leases.get(provider);
    if (held != null && !held.isBefore(now)) {
      return false;
    }
    leases.put(provider, until);
    return true;
  }

  @Override
  public synchronized void write(String provider, Token token, Instant now) {
    tokens.put(provider, token);
    leases.remove(provider);
  }
}
