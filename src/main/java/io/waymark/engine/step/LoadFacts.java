package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads facts of the customer as codes (读取客户要素), for gateways and decision tables. */
@Component
class LoadFacts extends Step {

  private final FactCodes codes;

  LoadFacts(JourneyTransactions transactions, FactCodes codes) {
    super(
        new StepSettings("loadFacts", Set.of("facts"), Set.of(), Map.of("facts", FactCodes.LIST)),
        transactions);
    this.codes = codes;
  }

  @Override
  void run(StepCall call) {
    FactCodes.OfCustomer customer = codes.of(call.customerId());
    for (String fact : call.setting("facts").split(",")) {
      call.set(fact.strip(), customer.code(fact.strip()));
    }
  }
}
