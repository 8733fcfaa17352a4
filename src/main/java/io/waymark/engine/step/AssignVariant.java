package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.experiment.Assignments;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** A/B split (A/B 分流): the same customer always goes the same way. */
@Component
class AssignVariant extends StepForMany<String> {

  private static final Pattern WEIGHTS =
      Pattern.compile("\\w{1,20}\\s*:\\s*\\d{1,3}(\\s*,\\s*\\w{1,20}\\s*:\\s*\\d{1,3}){1,9}");

  private final Assignments assignments;

  AssignVariant(JourneyTransactions transactions, StepsTogether together, Assignments assignments) {
    super(
        new StepSettings(
            "assignVariant", Set.of("experiment", "weights"), Set.of(), Map.of("weights", WEIGHTS)),
        transactions,
        together);
    this.assignments = assignments;
  }

  @Override
  List<String> ask(List<StepCall> calls) {
    return assignments.assign(calls.stream().map(AssignVariant::wish).toList());
  }

  @Override
  void conclude(StepCall call, String variant) {
    call.set("variant", variant);
  }

  private static Assignments.Wish wish(StepCall call) {
    return new Assignments.Wish(
        call.setting("experiment"),
        call.customerId(),
        call.participation().branch(),
        weights(call.setting("weights")));
  }

  private static SortedMap<String, Integer> weights(String setting) {
    SortedMap<String, Integer> weights = new TreeMap<>();
    for (String part : setting.split(",")) {
      String[] variant = part.strip().split(":");
      weights.put(variant[0].strip(), Integer.parseInt(variant[1].strip()));
    }
    return weights;
  }
}
