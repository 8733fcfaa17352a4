package io.waymark.engine.run;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.EventQueue;
import io.waymark.journey.EventUses;
import io.waymark.journey.Participation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.EventSubscriptionDeclaration;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.springframework.stereotype.Component;

/**
 * When a wait begins (a token comes to it, or the instance starts and with it its goals and exits),
 * looks whether the event already came: after what let the customer in, and not yet used by this
 * participation. Such an event is queued again for it, in the same transaction, and wakes the wait
 * once that is committed. See {@code docs/decisions/event-waits.md}.
 */
@Component
class EarlyEvents {

  private final JourneyTransactions transactions;
  private final CustomerEvents events;
  private final EventQueue queue;
  private final EventUses uses;

  EarlyEvents(
      JourneyTransactions transactions, CustomerEvents events, EventQueue queue, EventUses uses) {
    this.transactions = transactions;
    this.events = events;
    this.queue = queue;
    this.uses = uses;
  }

  /** Listens at the beginning of a scope in which messages are awaited. */
  void attach(ScopeImpl scope) {
    List<String> names =
        EventSubscriptionDeclaration.getDeclarationsForScope(scope).values().stream()
            .filter(declaration -> declaration.getEventType().equals("message"))
            .map(EventSubscriptionDeclaration::getUnresolvedEventName)
            .toList();
    if (!names.isEmpty()) {
      ExecutionListener listener = execution -> look(names, execution);
      scope.addBuiltInListener(ExecutionListener.EVENTNAME_START, listener);
    }
  }

  private void look(List<String> names, DelegateExecution execution) {
    Participation participation = transactions.participation(BusinessKey.participation(execution));
    if (transactions.current().nothingHappenedYet(participation.id())) {
      return;
    }
    names.stream()
        .map(name -> earliest(participation, name, execution))
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(CustomerEvent::seq))
        .ifPresent(event -> queue.redeliver(event.seq(), participation.id()));
  }

  private Optional<CustomerEvent> earliest(
      Participation participation, String type, DelegateExecution execution) {
    List<CustomerEvent> since =
        events.since(participation.customerId(), type, participation.entryEventSeq()).stream()
            .filter(
                event -> OwnMessage.concerns(event, () -> execution.getVariable(OwnMessage.LAST)))
            .toList();
    if (since.isEmpty()) {
      return Optional.empty();
    }
    List<Long> used = uses.of(participation.id());
    return since.stream()
        .filter(event -> !used.contains(event.seq()))
        .min(Comparator.comparingLong(CustomerEvent::seq));
  }
}
