package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.journey.Participations;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Leaves the journey (离开旅程) with a reason. */
@Component
class LeaveJourney extends Step {

  private final Participations participations;

  LeaveJourney(JourneyTransactions transactions, Participations participations) {
    super(
        new StepSettings("leaveJourney", Set.of("reason"), Set.of(), Map.of("reason", CODE)),
        transactions);
    this.participations = participations;
  }

  @Override
  void run(StepCall call) {
    participations.leaving(call.participation().id(), call.setting("reason"), null);
  }
}
