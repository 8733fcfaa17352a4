package io.waymark.contact.link;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One address of ours.
 *
 * @param target where a click leads, or the score a rating proposes; null for the other kinds
 */
record Link(
    String token,
    Kind kind,
    UUID messageId,
    long customerId,
    String branch,
    Channel channel,
    Purpose purpose,
    @Nullable String target,
    Instant createdAt) {

  enum Kind {
    CLICK,
    OPEN,
    UNSUBSCRIBE,
    RATE;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
