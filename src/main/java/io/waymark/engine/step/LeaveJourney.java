package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Leaves the journey (离开旅程) with a reason. */
@Component
class LeaveJourney extends StepForOne {

  LeaveJourney(JourneyTransactions transactions) {
    super(
        new StepSettings("leaveJourney", Set.of("reason"), Set.of(), Map.of("reason", CODE)),
        transactions);
  }

  @Override
  void run(StepCall call) {
    call.leaving(call.setting("reason"), null);
  }
}
