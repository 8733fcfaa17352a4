package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.segment.Audiences;
import io.waymark.segment.Truth;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Segmentation (人群判断): is the customer in this audience now? */
@Component
class CheckAudience extends Step {

  private final Audiences audiences;
  private final Clock clock;

  CheckAudience(JourneyTransactions transactions, Audiences audiences, Clock clock) {
    super(new StepSettings("checkAudience", Set.of("audience"), Set.of()), transactions);
    this.audiences = audiences;
    this.clock = clock;
  }

  @Override
  void run(StepCall call) {
    Truth truth =
        audiences
            .test(call.setting("audience"), List.of(call.customerId()), clock.instant())
            .getOrDefault(call.customerId(), Truth.UNKNOWN);
    call.set("inAudience", truth.name().toLowerCase(Locale.ROOT));
  }
}
