package io.waymark.channel.simulator;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a simulator knows of one message.
 *
 * @param address in full; masked wherever it is shown
 * @param arrivals how often the message came in, 1 or more
 * @param providerId the simulator's own name for it
 * @param fate code of the last receipt; null before the first
 */
public record LedgerLine(
    UUID messageId,
    String providerId,
    String address,
    @Nullable String subject,
    String text,
    Instant firstAt,
    int arrivals,
    @Nullable String fate) {

  LedgerLine again() {
    return new LedgerLine(
        messageId, providerId, address, subject, text, firstAt, arrivals + 1, fate);
  }

  LedgerLine met(String newFate) {
    return new LedgerLine(
        messageId, providerId, address, subject, text, firstAt, arrivals, newFate);
  }

  boolean sameMessage(LedgerLine other) {
    return address.equals(other.address) && text.equals(other.text);
  }

  /** Without address and text, so that a log line can never carry personal data. */
  @Override
  public String toString() {
    return "LedgerLine[" + messageId + ", arrivals=" + arrivals + ", fate=" + fate + "]";
  }
}
