package io.waymark.channel.wechat;

import java.time.Instant;
import java.util.Optional;

/** Where the nodes share an access token. */
interface TokenRows {

  /** A token and when it ends. */
  record Token(String value, Instant expiresAt) {

    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  Optional<Token> read(String provider);

  /** True for one caller at a time: that one fetches a new token before {@code until}. */
  boolean lease(String provider, Instant now, Instant until);

  /** Writes the new token and ends the lease. */
  void write(String provider, Token token, Instant now);
}
