package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads facts of the customer as codes (读取客户要素), for gateways and decision tables. */
@Component
class LoadFacts extends StepForMany<FactCodes.OfCustomer> {

  private final FactCodes codes;

  LoadFacts(JourneyTransactions transactions, StepsTogether together, FactCodes codes) {
    super(
        new StepSettings("loadFacts", Set.of("facts"), Set.of(), Map.of("facts", FactCodes.LIST)),
        transactions,
        together);
    this.codes = codes;
  }

  @Override
  List<FactCodes.OfCustomer> ask(List<StepCall> calls) {
    boolean margin = calls.stream().anyMatch(call -> facts(call).contains(FactCodes.MARGIN));
    Map<Long, FactCodes.OfCustomer> known =
        codes.of(calls.stream().map(StepCall::customerId).toList(), margin);
    return calls.stream()
        .map(call -> Objects.requireNonNull(known.get(call.customerId())))
        .toList();
  }

  @Override
  void conclude(StepCall call, FactCodes.OfCustomer customer) {
    facts(call).forEach(fact -> call.set(fact, customer.code(fact)));
  }

  private static List<String> facts(StepCall call) {
    return Arrays.stream(call.setting("facts").split(",")).map(String::strip).toList();
  }
}
