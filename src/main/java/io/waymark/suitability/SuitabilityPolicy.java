package io.waymark.suitability;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Purpose;
import io.waymark.product.ProductRisk;
import io.waymark.suitability.table.DecisionFile;
import io.waymark.suitability.table.DecisionTable;
import io.waymark.suitability.table.DecisionTables;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers and tables of suitability as a compliance officer drew them, each with its basis.
 * Every question was asked when the policy was read, so an answer costs a look-up. What the tables
 * do not answer counts against promotion.
 */
public final class SuitabilityPolicy {

  private static final Cell UNANSWERED = new Cell("no", "策略没有给出结论，按从严处理");

  private final Map<PolicyTables, AskedTable> asked;
  private final List<DecisionTable> tables;
  private final PolicyValue<Integer> assessmentMaxDays;
  private final PolicyValue<Integer> noticeDays;
  private final PolicyValue<Integer> elderlyAge;
  private final PolicyValue<Integer> considerHours;
  private final PolicyValue<String> educationTag;
  private final PolicyValue<String> educationTimeTag;

  private SuitabilityPolicy(DecisionFile file) {
    this.tables = file.tables();
    this.asked = new EnumMap<>(PolicyTables.class);
    for (PolicyTables kind : PolicyTables.values()) {
      asked.put(kind, new AskedTable(kind, table(kind), file));
    }
    this.assessmentMaxDays = number("assessment_max_days");
    this.noticeDays = number("reassessment_notice_days");
    this.elderlyAge = number("elderly_age");
    this.considerHours = number("consider_hours");
    this.educationTag = word("education_tag");
    this.educationTimeTag = word("education_time_tag");
  }

  /**
   * Reads a policy file.
   *
   * @throws IllegalArgumentException when a table or a number is missing
   */
  public static SuitabilityPolicy read(String dmn, DecisionTables tables) {
    return new SuitabilityPolicy(tables.open(dmn));
  }

  /** The tables as drawn, for people. */
  public List<DecisionTable> tables() {
    return tables;
  }

  /** Days after which an assessment counts no more, whatever it says. */
  public PolicyValue<Integer> assessmentMaxDays() {
    return assessmentMaxDays;
  }

  /** Days before the end of an assessment at which a new one is due. */
  public PolicyValue<Integer> reassessmentNoticeDays() {
    return noticeDays;
  }

  /** Age in years from which a person, not a message, follows up. */
  public PolicyValue<Integer> elderlyAge() {
    return elderlyAge;
  }

  /** Hours a customer is given to consider after the education about high-risk products. */
  public PolicyValue<Integer> considerHours() {
    return considerHours;
  }

  /** Tag that says {@code true} once the education is done. */
  public PolicyValue<String> educationTag() {
    return educationTag;
  }

  /** Tag that says when it was done, as an ISO moment. */
  public PolicyValue<String> educationTimeTag() {
    return educationTimeTag;
  }

  /** {@code yes} when a product of this grade fits this level. */
  public Cell fits(RiskTolerance level, boolean minimumClass, ProductRisk risk) {
    return cell(PolicyTables.MATRIX, "result", level(level, minimumClass), code(risk));
  }

  /** {@code check}, {@code allow} without matching, or {@code refuse}. */
  public Cell scope(Purpose purpose, boolean minimumClass, ProductRisk risk) {
    return cell(
        PolicyTables.SCOPE, "result", purpose.code(), minimumClass ? "yes" : "no", code(risk));
  }

  /** {@code yes} when a product of this objective serves a customer of that one. */
  public Cell objective(String wanted, String offered) {
    return cell(PolicyTables.OBJECTIVE, "result", wanted, offered);
  }

  /**
   * {@code yes} when a product of this term is not too long; null when the customer was not asked.
   */
  public Cell term(@Nullable String longest, String offered) {
    return cell(PolicyTables.TERM, "result", longest == null ? "unknown" : longest, offered);
  }

  /** {@code check} or {@code skip}: whether the customer must accept this type of product. */
  public Cell type(String productType) {
    return cell(PolicyTables.TYPE, "result", productType);
  }

  /** {@code yes} when a check does not apply to professional investors. */
  public Cell skippedByProfessional(SuitabilityReason check) {
    return cell(PolicyTables.PROFESSIONAL, "skipped", check.code());
  }

  /** {@code pass}, {@code human}, {@code education} or {@code wait}. */
  public Cell highRisk(ProductRisk risk, String age, String education, String considered) {
    return cell(PolicyTables.HIGH_RISK, "result", code(risk), age, education, considered);
  }

  /** What a customer must meet before this type of product may be promoted. */
  public List<EntryCondition> entryConditions(String productType) {
    return table(PolicyTables.ENTRY, productType).stream()
        .map(
            line ->
                new EntryCondition(
                    line.getOrDefault("condition", ""),
                    EntryCondition.Kind.valueOf(upper(line.getOrDefault("comparison", ""))),
                    line.getOrDefault("threshold", ""),
                    line.getOrDefault("basis", "")))
        .toList();
  }

  /** What a change of class asks for. */
  public Requirement conversion(String route) {
    return table(PolicyTables.CONVERSION, route).stream()
        .findFirst()
        .map(
            line ->
                new Requirement(
                    line.getOrDefault("requirement", ""),
                    "yes".equals(line.get("test")),
                    line.getOrDefault("basis", "")))
        .orElseGet(() -> new Requirement(UNANSWERED.basis(), true, UNANSWERED.basis()));
  }

  /** Types of events in which behaviour is looked for. */
  public Set<String> behaviourEvents() {
    return asked(PolicyTables.BEHAVIOUR).named("event");
  }

  /** What an event may mean for a customer of this level. */
  public List<BehaviourRule> behaviour(String event, RiskTolerance level, boolean minimumClass) {
    return table(PolicyTables.BEHAVIOUR, event, level(level, minimumClass)).stream()
        .map(
            line ->
                new BehaviourRule(
                    line.getOrDefault("rule", ""),
                    line.getOrDefault("property", ""),
                    BehaviourRule.Comparison.valueOf(upper(line.getOrDefault("comparison", ""))),
                    line.getOrDefault("threshold", ""),
                    Integer.parseInt(line.getOrDefault("count", "")),
                    Integer.parseInt(line.getOrDefault("days", "")),
                    Integer.parseInt(line.getOrDefault("lowerBy", "")),
                    line.getOrDefault("basis", "")))
        .toList();
  }

  /** What a change of class asks for. */
  public record Requirement(String requirement, boolean test, String basis) {}

  AskedTable asked(PolicyTables kind) {
    AskedTable table = asked.get(kind);
    if (table == null) {
      throw new IllegalStateException("table was not read: " + kind);
    }
    return table;
  }

  private DecisionTable table(PolicyTables kind) {
    return tables.stream()
        .filter(table -> table.id().equals(kind.id()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("缺少决策表 " + kind.id() + "。"));
  }

  private List<Map<String, String>> table(PolicyTables kind, String... words) {
    return asked(kind).of(words);
  }

  private Cell cell(PolicyTables kind, String output, String... words) {
    return table(kind, words).stream()
        .findFirst()
        .map(line -> new Cell(line.getOrDefault(output, "no"), line.getOrDefault("basis", "")))
        .orElse(UNANSWERED);
  }

  private PolicyValue<String> word(String item) {
    Cell cell = cell(PolicyTables.THRESHOLDS, "value", item);
    return new PolicyValue<>(cell.answer(), cell.basis());
  }

  private PolicyValue<Integer> number(String item) {
    PolicyValue<String> word = word(item);
    try {
      return new PolicyValue<>(Integer.valueOf(word.value()), word.basis());
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("“数值”中 " + item + " 须为整数。", noNumber);
    }
  }

  private static String level(RiskTolerance level, boolean minimumClass) {
    return minimumClass ? "c1min" : level.name().toLowerCase(Locale.ROOT);
  }

  private static String code(ProductRisk risk) {
    return risk.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
