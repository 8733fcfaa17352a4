package io.waymark.engine.run;

import io.waymark.journey.Participation;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.EventSubscriptionDeclaration;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.springframework.stereotype.Component;

/**
 * Notices when a wait begins: a token comes to it, or the instance starts and with it its goals and
 * exits. Whether its event already came is looked up for all of a transaction at once ({@link
 * EarlierEvents}), unless nothing can have come yet.
 */
@Component
class EarlyEvents {

  private final JourneyTransactions transactions;

  EarlyEvents(JourneyTransactions transactions) {
    this.transactions = transactions;
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
    if (!transactions.current().nothingHappenedYet(participation.id())) {
      Object lastMessage =
          names.stream().anyMatch(OwnMessage::isOne)
              ? execution.getVariable(OwnMessage.LAST)
              : null;
      transactions.current().begins(new BegunWait(participation, names, lastMessage));
    }
  }
}
