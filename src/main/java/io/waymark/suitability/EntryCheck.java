package io.waymark.suitability;

import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does the customer meet the entry conditions of this type of product? Nobody skips them. */
final class EntryCheck {

  private EntryCheck() {}

  static Look look(SuitabilityQuestion question, SuitabilityPolicy policy) {
    List<EntryCondition> conditions = policy.entryConditions(question.product().type());
    Map<String, String> seen = new LinkedHashMap<>();
    for (EntryCondition condition : conditions) {
      Object found = found(condition, question);
      if (!met(condition, found)) {
        return Look.of(
            false,
            condition.basis(),
            "condition",
            condition.id(),
            "required",
            condition.threshold(),
            condition.id(),
            found);
      }
      seen.put(condition.id(), found == null ? "unknown" : found.toString());
    }
    return new Look(true, conditions.isEmpty() ? "该类产品没有准入条件" : conditions.get(0).basis(), seen);
  }

  private static @Nullable Object found(EntryCondition condition, SuitabilityQuestion question) {
    if (condition.isAge()) {
      return Age.of(question);
    }
    if (condition.isLevel()) {
      RiskAssessment assessment = question.assessment();
      return assessment == null ? null : assessment.level();
    }
    return question.tags().get(condition.id());
  }

  private static boolean met(EntryCondition condition, @Nullable Object found) {
    return switch (condition.kind()) {
      case IS -> condition.threshold().equals(found);
      case IS_NOT -> !condition.threshold().equals(found);
      case AT_LEAST ->
          found instanceof RiskTolerance level
              ? level.compareTo(RiskTolerance.valueOf(condition.threshold())) >= 0
              : !condition.isLevel() && atLeast(found, condition.threshold());
    };
  }

  private static boolean atLeast(@Nullable Object value, String threshold) {
    try {
      return value != null
          && new BigDecimal(value.toString()).compareTo(new BigDecimal(threshold)) >= 0;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
