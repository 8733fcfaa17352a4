package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.experiment.Assignments;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** A/B split (A/B 分流): the same customer always goes the same way. */
@Component
class AssignVariant extends Step {

  private static final Pattern WEIGHTS =
      Pattern.compile("\\w{1,20}\\s*:\\s*\\d{1,3}(\\s*,\\s*\\w{1,20}\\s*:\\s*\\d{1,3}){1,9}");

  private final Assignments assignments;

  AssignVariant(JourneyTransactions transactions, Assignments assignments) {
    super(
        new StepSettings(
            "assignVariant", Set.of("experiment", "weights"), Set.of(), Map.of("weights", WEIGHTS)),
        transactions);
    this.assignments = assignments;
  }

  @Override
  void run(StepCall call) {
    call.set(
        "variant",
        assignments.assign(
            call.setting("experiment"),
            call.customerId(),
            call.participation().branch(),
            weights(call.setting("weights"))));
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
