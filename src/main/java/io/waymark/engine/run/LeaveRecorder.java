package io.waymark.engine.run;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Ends the participation in the transaction in which its instance ends, however it ends. */
@Component
class LeaveRecorder implements ExecutionListener {

  private final JourneyTransactions transactions;
  private final Participations participations;
  private final EvidenceLog evidence;

  LeaveRecorder(
      JourneyTransactions transactions, Participations participations, EvidenceLog evidence) {
    this.transactions = transactions;
    this.participations = participations;
    this.evidence = evidence;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Participation participation = transactions.participation(BusinessKey.participation(execution));
    String otherwise = execution.isCanceled() ? "removed" : "completed";
    String reason = participations.left(participation.id(), otherwise);
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.JOURNEY_LEFT,
            "participation:" + participation.id(),
            participation.customerId(),
            participation.branch(),
            "waymark",
            Map.of("journey", participation.journeyKey(), "reason", reason)));
  }
}
