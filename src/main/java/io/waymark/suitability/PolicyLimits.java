package io.waymark.suitability;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Purpose;
import io.waymark.product.ProductRisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What no broker may decide for itself, however its tables are drawn (适当性管理办法 art. 7, 22), and what
 * would make the tables contradict themselves.
 */
final class PolicyLimits {

  /** What special protection covers, and thus the most a professional may be spared (art. 7). */
  private static final Set<SuitabilityReason> SPARED =
      EnumSet.of(
          SuitabilityReason.RISK_ABOVE_LEVEL,
          SuitabilityReason.TERM_MISMATCH,
          SuitabilityReason.TYPE_MISMATCH,
          SuitabilityReason.OBJECTIVE_MISMATCH);

  private final SuitabilityPolicy policy;
  private final List<String> problems = new ArrayList<>();

  private PolicyLimits(SuitabilityPolicy policy) {
    this.policy = policy;
  }

  static List<String> of(SuitabilityPolicy policy) {
    PolicyLimits limits = new PolicyLimits(policy);
    limits.matrix();
    limits.scope();
    limits.professional();
    limits.entry();
    limits.behaviour();
    limits.thresholds();
    return limits.problems;
  }

  private void matrix() {
    for (RiskTolerance level : RiskTolerance.values()) {
      for (ProductRisk risk : ProductRisk.values()) {
        boolean fits = policy.fits(level, false, risk).is("yes");
        if (fits && risk.ordinal() > level.ordinal()) {
          problems.add("“风险匹配”%s 不得匹配 %s：不得主动推介高于承受能力的产品（适当性管理办法 22(3)）。".formatted(level, risk));
        }
        if (fits && risk != ProductRisk.R1 && !policy.fits(level, false, below(risk)).is("yes")) {
          problems.add("“风险匹配”%s 匹配 %s 却不匹配更低的 %s，请检查。".formatted(level, risk, below(risk)));
        }
        if (fits
            && level != RiskTolerance.C5
            && !policy.fits(above(level), false, risk).is("yes")) {
          problems.add("“风险匹配”%s 匹配 %s 而更高的 %s 不匹配，请检查。".formatted(level, risk, above(level)));
        }
      }
    }
    for (ProductRisk risk : EnumSet.complementOf(EnumSet.of(ProductRisk.R1))) {
      if (policy.fits(RiskTolerance.C1, true, risk).is("yes")) {
        problems.add("“风险匹配”最低类别不得匹配 %s（适当性管理办法 22(5)）。".formatted(risk));
      }
    }
  }

  private void scope() {
    Set<Purpose> promotions = EnumSet.complementOf(EnumSet.of(Purpose.SERVICE, Purpose.EDUCATION));
    for (ProductRisk risk : ProductRisk.values()) {
      for (Purpose purpose : promotions) {
        if (!policy.scope(purpose, true, risk).is("refuse")) {
          problems.add("“检查范围”最低类别不得推介（%s，%s）：须为 refuse。".formatted(purpose.code(), risk));
        }
        if (!policy.scope(purpose, false, risk).is("check")
            && !policy.scope(purpose, false, risk).is("refuse")) {
          problems.add("“检查范围”%s 是主动推介，必须逐项匹配（适当性管理办法 22(3)(4)）。".formatted(purpose.code()));
        }
      }
    }
  }

  private void professional() {
    for (SuitabilityReason reason : EnumSet.complementOf(EnumSet.copyOf(SPARED))) {
      if (policy.skippedByProfessional(reason).is("yes")) {
        problems.add("“专业投资者”不得免除 %s：特别保护之外的检查对所有客户适用。".formatted(reason.code()));
      }
    }
  }

  private void entry() {
    for (List<Map<String, String>> lines : policy.asked(PolicyTables.ENTRY).all().values()) {
      for (Map<String, String> line : lines) {
        String condition = line.getOrDefault("condition", "");
        String threshold = line.getOrDefault("threshold", "");
        boolean atLeast = "at_least".equals(line.get("comparison"));
        if (!condition.matches("[a-z][a-z0-9_]{0,60}")) {
          problems.add("“准入条件”不认识“%s”：须为标签代码、level 或 age。".formatted(condition));
        } else if (condition.equals("level") && (!atLeast || !threshold.matches("C[1-5]"))) {
          problems.add("“准入条件”level 只能写 at_least 和 C1 至 C5，而不是“%s”。".formatted(threshold));
        } else if (!condition.equals("level") && atLeast && !number(threshold)) {
          problems.add("“准入条件”%s 的数值“%s”不是数字。".formatted(condition, threshold));
        } else if (condition.equals("age") && !atLeast) {
          problems.add("“准入条件”age 只能用 at_least 比较。");
        }
      }
    }
  }

  private void behaviour() {
    for (List<Map<String, String>> lines : policy.asked(PolicyTables.BEHAVIOUR).all().values()) {
      for (Map<String, String> line : lines) {
        String rule = line.getOrDefault("rule", "");
        if (!rule.matches("[a-z][a-z0-9_]{0,60}")) {
          problems.add("“行为与等级矛盾”规则名“%s”须为小写字母、数字和下划线。".formatted(rule));
        }
        int count = Integer.parseInt(line.getOrDefault("count", "0"));
        int days = Integer.parseInt(line.getOrDefault("days", "0"));
        if (count < 1 || count > 100 || days < 1 || days > 366) {
          problems.add("“行为与等级矛盾”%s 的次数须为 1 至 100，天数须为 1 至 366。".formatted(rule));
        }
        String comparison = line.getOrDefault("comparison", "");
        if (comparison.startsWith("at_") && !number(line.getOrDefault("threshold", ""))) {
          problems.add("“行为与等级矛盾”%s 的数值须为数字。".formatted(rule));
        }
      }
    }
  }

  private void thresholds() {
    between("assessment_max_days", policy.assessmentMaxDays().value(), 1, 730);
    between("reassessment_notice_days", policy.reassessmentNoticeDays().value(), 1, 180);
    between("elderly_age", policy.elderlyAge().value(), 18, 120);
    between("consider_hours", policy.considerHours().value(), 0, 24 * 90);
  }

  private void between(String item, int value, int least, int most) {
    if (value < least || value > most) {
      problems.add("“数值”中 %s 须在 %d 至 %d 之间，而不是 %d。".formatted(item, least, most, value));
    }
  }

  private static boolean number(String text) {
    try {
      return new BigDecimal(text).signum() >= 0;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static ProductRisk below(ProductRisk risk) {
    return ProductRisk.values()[risk.ordinal() - 1];
  }

  private static RiskTolerance above(RiskTolerance level) {
    return RiskTolerance.values()[level.ordinal() + 1];
  }
}
