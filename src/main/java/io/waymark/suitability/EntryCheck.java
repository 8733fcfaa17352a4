package io.waymark.suitability;

import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does the customer meet the entry conditions of this type of product? Nobody skips them. */
final class EntryCheck implements SuitabilityCheck {

  private final SuitabilityPolicy policy;

  EntryCheck(SuitabilityPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Optional<Objection> objection(SuitabilityQuestion question) {
    return policy.entryConditions().getOrDefault(question.product().type(), List.of()).stream()
        .flatMap(condition -> unmet(condition, question).stream())
        .findFirst();
  }

  private Optional<Objection> unmet(EntryCondition condition, SuitabilityQuestion question) {
    String tag = question.tags().get(condition.id());
    return switch (condition.kind()) {
      case TAG_AT_LEAST -> unless(atLeast(tag, condition.threshold()), condition, tag);
      case TAG_IS_NOT -> unless(!condition.threshold().equals(tag), condition, tag);
      case AGE_AT_LEAST -> {
        Integer age = Age.of(question);
        yield unless(age != null && age >= Integer.parseInt(condition.threshold()), condition, age);
      }
      case LEVEL_AT_LEAST -> {
        RiskTolerance level = level(question);
        yield unless(
            level != null && level.compareTo(RiskTolerance.valueOf(condition.threshold())) >= 0,
            condition,
            level);
      }
    };
  }

  private static boolean atLeast(@Nullable String value, String threshold) {
    try {
      return value != null && new BigDecimal(value).compareTo(new BigDecimal(threshold)) >= 0;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  private static @Nullable RiskTolerance level(SuitabilityQuestion question) {
    RiskAssessment assessment = question.assessment();
    return assessment == null ? null : assessment.level();
  }

  private static Optional<Objection> unless(
      boolean met, EntryCondition condition, @Nullable Object found) {
    return met
        ? Optional.empty()
        : Objection.because(
            SuitabilityReason.ENTRY_CONDITION,
            "condition",
            condition.id(),
            "required",
            condition.threshold(),
            condition.id(),
            found);
  }
}
