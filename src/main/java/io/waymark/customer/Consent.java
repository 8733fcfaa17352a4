package io.waymark.customer;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The current word about one purpose on one channel.
 *
 * @param expires from when a grant no longer counts, null for never
 */
public record Consent(
    Purpose purpose,
    Channel channel,
    ConsentState state,
    Instant at,
    @Nullable Instant expires,
    String source,
    String textVersion) {

  /** What this word is worth at a moment: an expired grant is no word at all. */
  public ConsentState state(Instant now) {
    if (state == ConsentState.GRANTED && expires != null && !now.isBefore(expires)) {
      return ConsentState.UNKNOWN;
    }
    return state;
  }
}
