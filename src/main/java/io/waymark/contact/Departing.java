package io.waymark.contact;

import io.waymark.channel.AddressedMessage;
import java.util.List;

/**
 * What one transaction took from the outbox.
 *
 * @param taken how many rows, those withheld, deferred or placed at once among them
 * @param calls messages whose provider is to be called now
 */
record Departing(int taken, List<Call> calls) {

  /** One call and what it hands over. */
  record Call(Attempt attempt, AddressedMessage message) {}
}
