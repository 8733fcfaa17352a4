package io.waymark.segment.rule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Facts whose change may change the answer of a rule.
 *
 * @param kind {@code tag}, {@code event}, {@code consent}, {@code assessment}, {@code holding},
 *     {@code journey} or {@code message}; what stands in the customer itself interests every rule
 * @param name which tag, type of event, journey or template; empty where there is no choice
 * @param aged whether it matters as well how old the value is
 */
public record Interest(String kind, String name, boolean aged) {

  /** What interests a rule, the audiences it refers to included. */
  public static Collection<Interest> of(
      Rule rule, Function<String, Rule> audiences, Freshness freshness) {
    Map<List<String>, Interest> interests = new LinkedHashMap<>();
    conditions(rule, audiences)
        .flatMap(condition -> of(condition, freshness))
        .forEach(
            one ->
                interests.merge(
                    List.of(one.kind, one.name),
                    one,
                    (known, other) -> known.aged ? known : other));
    return interests.values();
  }

  /** Every condition of a rule, those of audiences it refers to included. */
  public static Stream<Rule.Condition> conditions(Rule rule, Function<String, Rule> audiences) {
    if (rule instanceof Rule.Condition condition) {
      return Stream.of(condition);
    }
    if (rule instanceof Rule.InAudience other) {
      return conditions(audiences.apply(other.code()), audiences);
    }
    return rule.inner().stream().flatMap(part -> conditions(part, audiences));
  }

  private static Stream<Interest> of(Rule.Condition condition, Freshness freshness) {
    if (condition instanceof TagCondition tag) {
      boolean aged = tag instanceof TagCondition.ValueAge || freshness.limit(tag.tag()) != null;
      return Stream.of(new Interest("tag", tag.tag(), aged));
    }
    if (condition instanceof EventCondition event) {
      return Happening.of(event).map(Happening::type).distinct().map(type -> plain("event", type));
    }
    if (condition instanceof PersonCondition.ConsentGiven) {
      return Stream.of(plain("consent", ""));
    }
    if (condition instanceof PersonCondition.RiskLevel
        || condition instanceof PersonCondition.AssessmentValid
        || condition instanceof PersonCondition.Fits) {
      return Stream.of(plain("assessment", ""));
    }
    if (condition instanceof HistoryCondition.Journey journey) {
      return Stream.of(plain("journey", journey.journey()));
    }
    if (condition instanceof HistoryCondition.Received received) {
      return Stream.of(plain("message", received.template()));
    }
    return condition instanceof HistoryCondition ? Stream.of(plain("holding", "")) : Stream.of();
  }

  private static Interest plain(String kind, String name) {
    return new Interest(kind, name, false);
  }
}
