package io.waymark.engine.step;

import io.waymark.customer.tag.CustomerTags;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Tags the customer (打标签). */
@Component
class TagCustomer extends StepForOne {

  private final CustomerTags tags;

  TagCustomer(JourneyTransactions transactions, CustomerTags tags) {
    super(new StepSettings("tagCustomer", Set.of("tag", "value"), Set.of()), transactions);
    this.tags = tags;
  }

  @Override
  void run(StepCall call) {
    tags.set(
        call.customerId(),
        call.setting("tag"),
        call.setting("value"),
        "journey:" + call.participation().journeyKey());
  }
}
