package io.waymark.segment.rule;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.Products;
import io.waymark.suitability.Suitability;
import io.waymark.suitability.SuitabilityQuestion;
import io.waymark.suitability.SuitabilityReason;
import io.waymark.suitability.SuitabilityVerdict;
import io.waymark.suitability.Unsuitable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which assessments fit a product. Suitability itself is asked of every assessment there can be, so
 * that rules can never say otherwise than the gate.
 */
final class Fitting {

  /** How SQL names an assessment {@code f} of a customer {@code k}; the product's type is bound. */
  static final String NAME =
      "k.customer_class || f.level || f.minimum_class || coalesce(f.max_term, '') || f.objective"
          + " || (? = any(f.product_types)) || ";

  private static final List<String> OBJECTIVES =
      List.of("preservation", "income", "growth", "aggressive");
  private static final List<String> TERMS = List.of("", "short", "medium", "long");
  private static final List<Boolean> BOTH = List.of(true, false);

  /** What the gate looks at beside the assessment, and a rule asks for by conditions of its own. */
  private static final Set<SuitabilityReason> ELSEWHERE =
      Set.of(SuitabilityReason.ENTRY_CONDITION, SuitabilityReason.HIGH_RISK_EXTRA);

  private final Suitability suitability;
  private final Product product;
  private final Instant now;

  private Fitting(Suitability suitability, Product product, Instant now) {
    this.suitability = suitability;
    this.product = product;
    this.now = now;
  }

  /** The type of a product and the names of the assessments that fit it. */
  record Names(String type, List<String> names) {}

  /** Empty when there is no such product. */
  static Optional<Names> of(Suitability suitability, Products products, String code, Instant now) {
    return products
        .find(code)
        .map(product -> new Names(product.type(), new Fitting(suitability, product, now).names()));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (CustomerClass of : CustomerClass.values()) {
      for (RiskTolerance level : RiskTolerance.values()) {
        for (String term : TERMS) {
          for (String objective : OBJECTIVES) {
            add(names, of, level, term, objective);
          }
        }
      }
    }
    return names;
  }

  private void add(
      List<String> names, CustomerClass of, RiskTolerance level, String term, String objective) {
    for (boolean minimum : BOTH) {
      for (boolean typed : BOTH) {
        for (boolean valid : BOTH) {
          RiskAssessment assessment =
              new RiskAssessment(
                  level,
                  minimum,
                  now.minus(Duration.ofDays(1)),
                  now.plus(Duration.ofHours(valid ? 1 : -1)),
                  term.isEmpty() ? null : term,
                  typed ? Set.of(product.type()) : Set.of(),
                  objective);
          if (fits(of, assessment)) {
            names.add(of.name() + level + minimum + term + objective + typed + valid);
          }
        }
      }
    }
  }

  private boolean fits(CustomerClass of, @Nullable RiskAssessment assessment) {
    SuitabilityVerdict verdict =
        suitability.assess(
            new SuitabilityQuestion(
                of, assessment, null, Map.of(), product, Purpose.PRODUCT_MARKETING, now));
    return !(verdict instanceof Unsuitable unsuitable) || ELSEWHERE.contains(unsuitable.reason());
  }
}
