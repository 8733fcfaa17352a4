package io.waymark.engine.run;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.CustomerEvents.Since;
import io.waymark.customer.event.EventQueue;
import io.waymark.customer.event.EventQueue.Redelivery;
import io.waymark.journey.EventUses;
import io.waymark.journey.EventUses.Use;
import io.waymark.journey.Participation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Looks, just before a transaction commits, whether events its waits are for have already come:
 * after what let the customer in, and not yet used by the participation. Such an event is queued
 * again for it, in the same transaction, and wakes the wait once that is committed. Three
 * statements at most, however many waits began. See {@code docs/decisions/event-waits.md}.
 */
@Component
class EarlierEvents {

  private final CustomerEvents events;
  private final EventQueue queue;
  private final EventUses uses;

  EarlierEvents(CustomerEvents events, EventQueue queue, EventUses uses) {
    this.events = events;
    this.queue = queue;
    this.uses = uses;
  }

  void look(Collection<BegunWait> waits) {
    Map<Since, List<CustomerEvent>> since =
        events.since(waits.stream().flatMap(EarlierEvents::questions).toList());
    if (since.isEmpty()) {
      return;
    }
    Set<Use> used =
        uses.of(waits.stream().map(wait -> wait.participation().id()).distinct().toList());
    List<Redelivery> found =
        waits.stream().flatMap(wait -> earliest(wait, since, used).stream()).distinct().toList();
    if (!found.isEmpty()) {
      queue.redeliverAll(found);
    }
  }

  private static Stream<Since> questions(BegunWait wait) {
    Participation participation = wait.participation();
    return wait.names().stream()
        .map(name -> new Since(participation.customerId(), name, participation.entryEventSeq()));
  }

  private static Optional<Redelivery> earliest(
      BegunWait wait, Map<Since, List<CustomerEvent>> since, Set<Use> used) {
    long participation = wait.participation().id();
    return questions(wait)
        .flatMap(question -> since.getOrDefault(question, List.of()).stream())
        .filter(event -> OwnEvent.concerns(event, participation))
        .filter(event -> OwnMessage.concerns(event, wait::lastMessage))
        .filter(event -> !used.contains(new Use(participation, event.seq())))
        .min(Comparator.comparingLong(CustomerEvent::seq))
        .map(event -> new Redelivery(event.seq(), participation));
  }
}
