package io.waymark.contact;

import io.waymark.channel.AddressedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction took from the outbox.
 *
 * @param taken how many rows, those withheld, deferred or placed at once among them
 * @param calls messages whose provider is to be called now
 * @param begun how many of the calls, from the first on, are marked as being sent already; the
 *     others are {@link Departures#begin begun} when their turn comes
 */
record Departing(int taken, List<Call> calls, int begun) {

  /**
   * One call and what it hands over.
   *
   * @param trace where the message's trace goes on, or null
   */
  record Call(Attempt attempt, AddressedMessage message, @Nullable String trace) {}
}
