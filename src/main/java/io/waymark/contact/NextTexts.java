package io.waymark.contact;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says by the next channel what did not arrive by the first: through the gate again, as a new
 * message of the same intent. What still waits is taken back first; what may have arrived is only
 * followed where the policy accepts that the customer may get both.
 */
@Component
class NextTexts {

  private static final Logger log = LoggerFactory.getLogger(NextTexts.class);
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Fallbacks fallbacks;
  private final Reservations reservations;
  private final Outbox outbox;
  private final StoredMessages messages;
  private final Settlement settlement;
  private final MessageSender sender;
  private final CustomerEvents events;
  private final TransactionTemplate transaction;
  private final Clock clock;

  NextTexts(
      Fallbacks fallbacks,
      Reservations reservations,
      Outbox outbox,
      StoredMessages messages,
      Settlement settlement,
      MessageSender sender,
      CustomerEvents events,
      TransactionTemplate transaction,
      Clock clock) {
    this.fallbacks = fallbacks;
    this.reservations = reservations;
    this.outbox = outbox;
    this.messages = messages;
    this.settlement = settlement;
    this.sender = sender;
    this.events = events;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Does what is due, each message in a transaction of its own; returns how many were looked at.
   */
  int run(int max) {
    List<Fallbacks.Row> due = fallbacks.due(max, clock.instant());
    for (Fallbacks.Row row : due) {
      try {
        transaction.executeWithoutResult(status -> next(row));
      } catch (RuntimeException e) {
        log.warn("{} is not followed yet: {}", row.messageId(), e.getClass().getSimpleName());
        transaction.executeWithoutResult(status -> later(row));
      }
    }
    return due.size();
  }

  private void next(Fallbacks.Row seen) {
    UUID id = seen.messageId();
    Instant now = clock.instant();
    reservations.lock(new TreeMap<>(Map.of(seen.request().customerId(), seen.request().branch())));
    outbox.lock(List.of(id));
    StoredMessages.Stored message = messages.lock(List.of(id)).get(id);
    Fallbacks.Row row = fallbacks.lock(id).orElse(null);
    if (message == null || row == null || row.dueAt().isAfter(now)) {
      return;
    }
    if (!message.settled() && !takenBack(row, now)) {
      later(row);
      return;
    }
    fallbacks.remove(List.of(id));
    int attempt = row.course().attempt() + 1;
    SendResult result = sender.follow(request(row, attempt), course(row, attempt));
    if (result instanceof NotSent no) {
      events.record(List.of(nothingLeft(message, row, no, now)));
    }
  }

  /** Whether the message that has not ended may be followed. */
  private boolean takenBack(Fallbacks.Row row, Instant now) {
    return switch (outbox.state(row.messageId())) {
      case LATER, READY, PARKED -> {
        settlement.settle(
            List.of(
                Settling.of(
                    row.messageId(), Settling.Outcome.WITHHELD, WithheldReason.SUPERSEDED.code())),
            now);
        yield true;
      }
      case TAKEN, SENDING -> false;
      case UNKNOWN, AWAITING -> row.course().unknownIsLost();
    };
  }

  private void later(Fallbacks.Row row) {
    fallbacks.postpone(List.of(row.messageId()), clock.instant().plus(ASK_AGAIN));
  }

  /** Each text of an intent claims for itself; the first has the node's own name. */
  private ContactRequest request(Fallbacks.Row row, int attempt) {
    ContactRequest first = row.request();
    return new ContactRequest(
        first.customerId(),
        first.branch(),
        first.participationId(),
        first.journeyKey(),
        first.node().replaceFirst("#\\d+$", "") + "#" + attempt,
        first.visit(),
        first.template(),
        first.product(),
        first.priority(),
        fallbacks.parameters(row));
  }

  private static Course course(Fallbacks.Row row, int attempt) {
    Course course = row.course();
    return new Course(
        course.intent(), attempt, course.texts(), course.within(), course.unknownIsLost());
  }

  /** No text is left that may go: the journey hears of it as of any message that was withheld. */
  private static InternalEvent nothingLeft(
      StoredMessages.Stored last, Fallbacks.Row row, NotSent no, Instant now) {
    Map<String, Object> properties = new HashMap<>(Settlement.properties(last));
    properties.put("outcome", Settling.Outcome.WITHHELD.code());
    properties.put("reason", no.verdict().reason().code());
    return new InternalEvent(
        Settlement.SOURCE,
        row.course().intent() + ":settled",
        last.request().customerId(),
        last.request().branch(),
        "message.settled",
        now,
        properties);
  }
}
