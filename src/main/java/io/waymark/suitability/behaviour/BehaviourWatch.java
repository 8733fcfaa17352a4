package io.waymark.suitability.behaviour;

import io.waymark.customer.LevelContradiction;
import io.waymark.customer.LevelContradictions;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.EventWatcher;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.product.Product;
import io.waymark.product.Products;
import io.waymark.suitability.BehaviourRule;
import io.waymark.suitability.SuitabilityPolicies;
import io.waymark.suitability.SuitabilityPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Compares what a customer does with the assessed level, by the rules of the policy. A
 * contradiction lowers the effective level and makes a new assessment due (适当性管理办法 art. 21;
 * requirement K2).
 */
@Component
class BehaviourWatch implements EventWatcher {

  private static final Duration LONGEST = Duration.ofDays(366);

  private final SuitabilityPolicies policies;
  private final RiskAssessments assessments;
  private final LevelContradictions contradictions;
  private final CustomerEvents events;
  private final Products products;
  private final ReassessmentDue due;
  private final Clock clock;

  BehaviourWatch(
      SuitabilityPolicies policies,
      RiskAssessments assessments,
      LevelContradictions contradictions,
      CustomerEvents events,
      Products products,
      ReassessmentDue due,
      Clock clock) {
    this.policies = policies;
    this.assessments = assessments;
    this.contradictions = contradictions;
    this.events = events;
    this.products = products;
    this.due = due;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return policies.at(clock.instant()).value().behaviourEvents();
  }

  @Override
  public void arrived(List<CustomerEvent> fresh) {
    Map<Long, String> branches = new HashMap<>();
    fresh.forEach(event -> branches.put(event.customerId(), event.branch()));
    contradictions.lock(branches);
    Map<Long, RiskAssessment> assessed = assessments.assessed(branches.keySet());
    Map<Long, RiskAssessment> current = assessments.current(branches.keySet());
    PolicyInForce<SuitabilityPolicy> policy = policies.at(clock.instant());
    List<CustomerEvent> history = history(fresh);
    Map<String, Product> known = products(history);
    List<LevelContradiction> found = new ArrayList<>();
    for (CustomerEvent event : fresh) {
      RiskAssessment said = assessed.get(event.customerId());
      if (said != null && event.occurredAt().isAfter(said.assessedAt())) {
        for (BehaviourRule rule :
            policy.value().behaviour(event.type(), said.level(), said.minimumClass())) {
          if (contradicts(event, rule, said, history, known, policy.value())) {
            RiskAssessment effective = current.getOrDefault(event.customerId(), said);
            found.add(contradiction(event, rule, said, effective, policy.version()));
          }
        }
      }
    }
    due.afterContradictions(contradictions.record(found));
  }

  private List<CustomerEvent> history(List<CustomerEvent> fresh) {
    Instant earliest =
        fresh.stream().map(CustomerEvent::occurredAt).min(Instant::compareTo).orElseThrow();
    return events.recent(
        fresh.stream().map(CustomerEvent::customerId).distinct().toList(),
        fresh.stream().map(CustomerEvent::type).distinct().toList(),
        earliest.minus(LONGEST));
  }

  private Map<String, Product> products(List<CustomerEvent> history) {
    Set<String> codes = new HashSet<>();
    for (CustomerEvent event : history) {
      if (event.properties().get("product") instanceof String code) {
        codes.add(code);
      }
    }
    return codes.isEmpty() ? Map.of() : products.findAll(codes);
  }

  private static boolean contradicts(
      CustomerEvent event,
      BehaviourRule rule,
      RiskAssessment said,
      List<CustomerEvent> history,
      Map<String, Product> known,
      SuitabilityPolicy policy) {
    if (!matches(event, rule, said, known, policy)) {
      return false;
    }
    Instant from = event.occurredAt().minus(Duration.ofDays(rule.days()));
    long times =
        history.stream()
            .filter(one -> one.customerId() == event.customerId())
            .filter(one -> one.type().equals(event.type()))
            .filter(one -> one.occurredAt().isAfter(from))
            .filter(one -> one.occurredAt().isAfter(said.assessedAt()))
            .filter(one -> !one.occurredAt().isAfter(event.occurredAt()))
            .filter(one -> matches(one, rule, said, known, policy))
            .count();
    return times >= rule.count();
  }

  private static boolean matches(
      CustomerEvent event,
      BehaviourRule rule,
      RiskAssessment said,
      Map<String, Product> known,
      SuitabilityPolicy policy) {
    Object value = event.properties().get(rule.property());
    if (rule.comparison() != BehaviourRule.Comparison.ABOVE_LEVEL) {
      return rule.matches(Objects.toString(value, ""));
    }
    Product product = known.get(Objects.toString(value, ""));
    return product != null
        && !policy.fits(said.level(), said.minimumClass(), product.risk()).is("yes");
  }

  private static LevelContradiction contradiction(
      CustomerEvent event,
      BehaviourRule rule,
      RiskAssessment said,
      RiskAssessment effective,
      String version) {
    RiskTolerance after =
        RiskTolerance.values()[Math.max(0, effective.level().ordinal() - rule.lowerBy())];
    return new LevelContradiction(
        event.customerId(),
        event.branch(),
        rule.rule(),
        event.seq(),
        event.occurredAt(),
        said.assessedAt(),
        said.level(),
        after,
        version);
  }
}
