package io.waymark.engine.step;

import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.customer.RiskAssessment;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.Truth;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Facts of a customer as short codes: what a journey stores shows in Cockpit, so no amount, date or
 * name leaves here. What is not known is a code of its own, never a guess.
 */
@Component
class FactCodes {

  /** Audience that says who meets the entry conditions of a margin account. */
  static final String MARGIN_AUDIENCE = "margin-qualified";

  /** The fact that asks the audience above. */
  static final String MARGIN = "marginEligible";

  private static final String NAMES =
      "(riskLevel|assessment|tier|experience|idleReason|assetBand|customerClass|marginEligible)";

  /** How a list of facts is written. */
  static final Pattern LIST = Pattern.compile(NAMES + "(\\s*,\\s*" + NAMES + ")*");

  private static final BigDecimal TEN_THOUSAND = BigDecimal.valueOf(10_000);

  private final GateFactsReader facts;
  private final AudienceQuestions audiences;
  private final Clock clock;

  FactCodes(GateFactsReader facts, AudienceQuestions audiences, Clock clock) {
    this.facts = facts;
    this.audiences = audiences;
    this.clock = clock;
  }

  /**
   * The codes of these customers, read at once.
   *
   * @param margin whether {@value #MARGIN} is asked for, which takes one statement more
   */
  Map<Long, OfCustomer> of(List<Long> customers, boolean margin) {
    Instant now = clock.instant();
    Map<Long, GateFacts> known = facts.read(customers);
    Map<Long, Truth> eligible = margin ? audiences.test(MARGIN_AUDIENCE, customers, now) : Map.of();
    Map<Long, OfCustomer> codes = new HashMap<>();
    for (Long customer : customers) {
      GateFacts own = Objects.requireNonNull(known.get(customer), "unknown customer " + customer);
      codes.put(customer, new OfCustomer(own, eligible.getOrDefault(customer, Truth.UNKNOWN), now));
    }
    return codes;
  }

  /** What is known of one customer, as codes. */
  record OfCustomer(GateFacts known, Truth eligible, Instant now) {

    String code(String fact) {
      return switch (fact) {
        case "riskLevel" -> riskLevel(known.assessment());
        case "assessment" -> assessment(known.assessment(), now);
        case "tier" -> tag("tier");
        case "experience" -> tag("experience");
        case "idleReason" -> tag("idle_reason");
        case "assetBand" -> assetBand(known.tags());
        case "customerClass" -> known.customerClass().name().toLowerCase(Locale.ROOT);
        case MARGIN -> eligible.name().toLowerCase(Locale.ROOT);
        default -> throw new IllegalArgumentException("没有名为“" + fact + "”的客户要素。");
      };
    }

    private String tag(String name) {
      String value = known.tags().getOrDefault(name, "unknown");
      // A tag may hold any text; what a journey stores is a code.
      return value.matches("[A-Za-z0-9_.-]{1,40}") ? value : "unknown";
    }
  }

  private static String riskLevel(@Nullable RiskAssessment assessment) {
    return assessment == null ? "none" : assessment.level().name().toLowerCase(Locale.ROOT);
  }

  private static String assessment(@Nullable RiskAssessment assessment, Instant now) {
    if (assessment == null) {
      return "missing";
    }
    return assessment.expiresAt().isAfter(now) ? "valid" : "expired";
  }

  private static String assetBand(Map<String, String> tags) {
    String total = tags.get("asset_total");
    if (total == null) {
      return "unknown";
    }
    if (!total.matches("-?[0-9]{1,18}([.][0-9]{1,6})?")) {
      return "unknown";
    }
    BigDecimal tenThousands = new BigDecimal(total).divide(TEN_THOUSAND);
    if (tenThousands.compareTo(BigDecimal.valueOf(50)) < 0) {
      return "lt_50w";
    }
    if (tenThousands.compareTo(BigDecimal.valueOf(500)) < 0) {
      return "50w_500w";
    }
    return tenThousands.compareTo(BigDecimal.valueOf(1_000)) < 0 ? "500w_1000w" : "gt_1000w";
  }
}
