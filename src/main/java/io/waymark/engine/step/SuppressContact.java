package io.waymark.engine.step;

import io.waymark.contact.Suppressions;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Pauses marketing to the customer (暂停营销), in every journey, for some days (J9, J16). */
@Component
class SuppressContact extends StepForOne {

  private final Suppressions suppressions;
  private final Clock clock;

  SuppressContact(JourneyTransactions transactions, Suppressions suppressions, Clock clock) {
    super(
        new StepSettings(
            "suppressContact",
            Set.of("days", "reason"),
            Set.of(),
            Map.of("days", Pattern.compile("[1-9][0-9]{0,3}"), "reason", CODE)),
        transactions);
    this.suppressions = suppressions;
    this.clock = clock;
  }

  @Override
  void run(StepCall call) {
    suppressions.suppress(
        call.customerId(),
        call.setting("reason"),
        clock.instant().plus(Duration.ofDays(Integer.parseInt(call.setting("days")))),
        "journey:" + call.participation().journeyKey());
  }
}
