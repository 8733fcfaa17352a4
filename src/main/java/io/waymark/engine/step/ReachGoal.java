package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reaches the journey's goal (达成目标). */
@Component
class ReachGoal extends StepForOne {

  ReachGoal(JourneyTransactions transactions) {
    super(
        new StepSettings("reachGoal", Set.of("goal"), Set.of(), Map.of("goal", CODE)),
        transactions);
  }

  @Override
  void run(StepCall call) {
    call.leaving("goal", call.setting("goal"));
    call.set("goal", call.setting("goal"));
  }
}
