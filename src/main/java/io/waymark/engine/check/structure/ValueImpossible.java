package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Flow;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Table;
import io.waymark.journey.check.Severity;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A condition on a value that never comes: the line is taken by nobody. */
final class ValueImpossible implements Rule {

  @Override
  public String id() {
    return "structure.value_impossible";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  private static final Pattern COMPARISON =
      Pattern.compile("(\\w+)\\s*(?:==|!=|eq|ne)\\s*(?:'([^']*)'|\"([^\"]*)\")");

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "inAudience", Set.of("yes", "no", "unknown"),
          "verdict", Set.of("allowed", "deferred", "withheld"),
          "messageOutcome", Set.of("sent", "delivered", "failed", "withheld", "unknown"),
          "assessment", Set.of("valid", "expired", "missing"),
          "riskLevel", Set.of("none", "c1", "c2", "c3", "c4", "c5"),
          "marginEligible", Set.of("yes", "no", "unknown"));

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().flows().stream()
        .flatMap(
            flow ->
                COMPARISON
                    .matcher(flow.condition())
                    .results()
                    .flatMap(found -> mark(subject, flow, found).stream()));
  }

  private static Optional<Mark> mark(Subject subject, Flow flow, MatchResult comparison) {
    String variable = comparison.group(1);
    String value = comparison.group(2) == null ? comparison.group(3) : comparison.group(2);
    Set<String> possible = possible(subject, variable);
    if (possible.isEmpty() || possible.contains(value)) {
      return Optional.empty();
    }
    return Optional.of(
        Mark.at(
            flow,
            "“%s”不会是“%s”，线%s上的判断没有意义。".formatted(variable, value, flow.called()),
            "可能的值是：" + String.join("、", new TreeSet<>(possible)) + "。请改成其中一个。"));
  }

  /** Empty when nobody can say. */
  private static Set<String> possible(Subject subject, String variable) {
    Drawing drawing = subject.drawing();
    return switch (variable) {
      case "outcome" ->
          drawing.nodes("userTask").stream()
              .flatMap(task -> task.settings("outcomes").stream())
              .collect(Collectors.toSet());
      case "variant" ->
          drawing.steps("assignVariant").stream()
              .flatMap(step -> step.settings("weights").stream())
              .map(weight -> weight.split(":")[0].strip())
              .collect(Collectors.toSet());
      default -> VALUES.containsKey(variable) ? VALUES.get(variable) : answers(subject, variable);
    };
  }

  private static Set<String> answers(Subject subject, String variable) {
    Set<String> answers = new HashSet<>();
    for (Node decision : subject.drawing().nodes("businessRuleTask")) {
      if (decision.camunda("resultVariable").equals(variable)) {
        Table table = subject.tables().get(decision.camunda("decisionRef"));
        if (table == null) {
          return Set.of();
        }
        answers.addAll(table.answers());
      }
    }
    return answers;
  }
}
