package io.waymark.channel;

import java.time.Instant;
import java.util.UUID;

/**
 * A message a provider is asked about.
 *
 * @param address where it went; personal data, never logged
 * @param at when it was handed over, to the day at least
 */
public record SentMessage(UUID messageId, String address, Instant at) {

  /** Without the address. */
  @Override
  public String toString() {
    return "SentMessage[" + messageId + "]";
  }
}
