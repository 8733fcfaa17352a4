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
    PolicyInForce<SuitabilityPolicy> policy = policies.at(clock.instant());
    List<Suspicion> suspicions = suspicions(fresh, policy.value());
    if (suspicions.isEmpty()) {
      return;
    }
    Map<Long, String> branches = new HashMap<>();
    suspicions.forEach(one -> branches.put(one.event().customerId(), one.event().branch()));
    contradictions.lock(branches);
    Map<Long, RiskAssessment> current = assessments.current(branches.keySet());
    List<CustomerEvent> history = history(suspicions);
    Map<String, Product> known = products(history);
    List<LevelContradiction> found = new ArrayList<>();
    for (Suspicion one : suspicions) {
      if (times(one, history, known, policy.value()) >= one.rule().count()) {
        RiskAssessment effective = current.getOrDefault(one.event().customerId(), one.said());
        found.add(contradiction(one, effective, policy.version()));
      }
    }
    due.afterContradictions(contradictions.record(found));
  }

  /** Events that match a rule by themselves: most do not, and cost two statements for a batch. */
  private List<Suspicion> suspicions(List<CustomerEvent> fresh, SuitabilityPolicy policy) {
    Map<Long, RiskAssessment> assessed =
        assessments.assessed(fresh.stream().map(CustomerEvent::customerId).distinct().toList());
    Map<String, Product> known = products(fresh);
    List<Suspicion> suspicions = new ArrayList<>();
    for (CustomerEvent event : fresh) {
      RiskAssessment said = assessed.get(event.customerId());
      if (said != null && event.occurredAt().isAfter(said.assessedAt())) {
        for (BehaviourRule rule :
            policy.behaviour(event.type(), said.level(), said.minimumClass())) {
          if (matches(event, rule, said, known, policy)) {
            suspicions.add(new Suspicion(event, rule, said));
          }
        }
      }
    }
    return suspicions;
  }

  private List<CustomerEvent> history(List<Suspicion> suspicions) {
    Instant earliest =
        suspicions.stream()
            .map(one -> one.event().occurredAt().minus(Duration.ofDays(one.rule().days())))
            .min(Instant::compareTo)
            .orElseThrow();
    return events.recent(
        suspicions.stream().map(one -> one.event().customerId()).distinct().toList(),
        suspicions.stream().map(one -> one.event().type()).distinct().toList(),
        earliest);
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

  private static long times(
      Suspicion one,
      List<CustomerEvent> history,
      Map<String, Product> known,
      SuitabilityPolicy policy) {
    CustomerEvent event = one.event();
    Instant from = event.occurredAt().minus(Duration.ofDays(one.rule().days()));
    return history.stream()
        .filter(past -> past.customerId() == event.customerId())
        .filter(past -> past.type().equals(event.type()))
        .filter(past -> past.occurredAt().isAfter(from))
        .filter(past -> past.occurredAt().isAfter(one.said().assessedAt()))
        .filter(past -> !past.occurredAt().isAfter(event.occurredAt()))
        .filter(past -> matches(past, one.rule(), one.said(), known, policy))
        .count();
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
      Suspicion one, RiskAssessment effective, String version) {
    RiskTolerance after =
        RiskTolerance.values()[Math.max(0, effective.level().ordinal() - one.rule().lowerBy())];
    return new LevelContradiction(
        one.event().customerId(),
        one.event().branch(),
        one.rule().rule(),
        one.event().seq(),
        one.event().occurredAt(),
        one.said().assessedAt(),
        one.said().level(),
        after,
        version);
  }

  /** An event that matches a rule by itself; whether often enough is not yet counted. */
  private record Suspicion(CustomerEvent event, BehaviourRule rule, RiskAssessment said) {}
}
