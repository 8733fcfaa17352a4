package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.journey.Participations;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reaches the journey's goal (达成目标). */
@Component
class ReachGoal extends Step {

  private final Participations participations;

  ReachGoal(JourneyTransactions transactions, Participations participations) {
    super(
        new StepSettings("reachGoal", Set.of("goal"), Set.of(), Map.of("goal", CODE)),
        transactions);
    this.participations = participations;
  }

  @Override
  void run(StepCall call) {
    participations.leaving(call.participation().id(), "goal", call.setting("goal"));
    call.set("goal", call.setting("goal"));
  }
}
