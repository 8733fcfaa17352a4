package io.waymark.engine.run;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.EventQueue;
import io.waymark.customer.event.QueuedEvent;
import io.waymark.journey.EventEntries;
import io.waymark.journey.FailureReason;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes customer events from the queue and gives each to the journeys that wait for it and to those
 * it lets the customer into, in one transaction with its removal from the queue.
 */
@Component
public class EventDelivery {

  private static final Logger log = LoggerFactory.getLogger(EventDelivery.class);
  private static final int BATCH = 50;

  /** After some eight minutes of trying, the customer's later events go on without this one. */
  private static final int MOST_ATTEMPTS = 8;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  private final EventQueue queue;
  private final EventEntries entries;
  private final WaitingExecutions waiting;
  private final TransactionTemplate transaction;
  private final Clock clock;

  EventDelivery(
      EventQueue queue,
      EventEntries entries,
      WaitingExecutions waiting,
      TransactionTemplate transaction,
      Clock clock) {
    this.queue = queue;
    this.entries = entries;
    this.waiting = waiting;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Delivers one batch. When it fails it rolls back whole and each event is delivered alone; one
   * that fails alone is put back with the reason and tried again later, and parked for an operator
   * when it has failed too often.
   *
   * @return events taken from the queue; 0 when none is due
   */
  public int deliverNext() {
    List<QueuedEvent> taken = new ArrayList<>();
    try {
      transaction.executeWithoutResult(status -> taken.addAll(deliver(BATCH)));
      return taken.size();
    } catch (RuntimeException failure) {
      log.warn("A batch of customer events failed, delivering one by one", failure);
      return deliverOneByOne();
    }
  }

  private int deliverOneByOne() {
    int delivered = 0;
    for (int i = 0; i < BATCH; i++) {
      List<QueuedEvent> taken = new ArrayList<>();
      try {
        transaction.executeWithoutResult(
            status -> {
              taken.addAll(queue.lockNext(1, clock.instant()));
              deliver(taken);
            });
      } catch (RuntimeException failure) {
        postpone(taken, failure);
      }
      delivered += taken.size();
      if (taken.isEmpty()) {
        break;
      }
    }
    return delivered;
  }

  private List<QueuedEvent> deliver(int max) {
    List<QueuedEvent> taken = queue.lockNext(max, clock.instant());
    deliver(taken);
    return taken;
  }

  private void deliver(List<QueuedEvent> taken) {
    if (taken.isEmpty()) {
      return;
    }
    rounds(taken).forEach(waiting::wake);
    List<CustomerEvent> fresh =
        taken.stream()
            .filter(queued -> queued.participationId() == null)
            .map(QueuedEvent::event)
            .toList();
    if (!fresh.isEmpty()) {
      entries.request(fresh);
    }
    queue.done(taken.stream().map(queued -> queued.event().seq()).toList());
  }

  /**
   * Splits a batch so that no round holds two events of one customer: where the second one is
   * awaited may only be known when the first has moved the token.
   */
  private static Collection<List<QueuedEvent>> rounds(List<QueuedEvent> taken) {
    Map<Long, Queue<QueuedEvent>> perCustomer = new LinkedHashMap<>();
    taken.forEach(
        queued ->
            perCustomer
                .computeIfAbsent(queued.event().customerId(), unused -> new ArrayDeque<>())
                .add(queued));
    List<List<QueuedEvent>> rounds = new ArrayList<>();
    while (perCustomer.values().stream().anyMatch(events -> !events.isEmpty())) {
      rounds.add(perCustomer.values().stream().map(Queue::poll).filter(Objects::nonNull).toList());
    }
    return rounds;
  }

  private void postpone(List<QueuedEvent> taken, RuntimeException failure) {
    for (QueuedEvent queued : taken) {
      Duration pause = Duration.ofSeconds(1L << Math.min(queued.attempts() + 1, 11));
      log.error("Customer event {} could not be delivered", queued.event().seq(), failure);
      if (queued.attempts() + 1 >= MOST_ATTEMPTS) {
        queue.park(queued.event().seq(), FailureReason.of(failure));
        continue;
      }
      queue.retryAt(
          queued.event().seq(),
          clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause),
          FailureReason.of(failure));
    }
  }
}
