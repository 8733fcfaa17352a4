package io.waymark.advisor;

import io.waymark.suitability.table.DecisionFile;
import io.waymark.suitability.table.DecisionTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The routing table in force: kind, tier and urgency lead to a {@link RoutingRule}. */
public final class RoutingTable {

  static final String ID = "task-routing";

  private final DecisionFile file;
  // Kinds, tiers and urgencies are few: each question is evaluated once.
  private final Map<List<String>, RoutingRule> answers = new ConcurrentHashMap<>();

  RoutingTable(DecisionFile file) {
    this.file = file;
  }

  /** As somebody drew it, for people to read. */
  public DecisionTable drawn() {
    return file.tables().stream()
        .filter(table -> table.id().equals(ID))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("缺少编号为“" + ID + "”的决策表。"));
  }

  /**
   * The rule for a task.
   *
   * @param tier the customer's tier, empty when not known
   */
  public RoutingRule rule(String kind, String tier, String urgency) {
    return answers.computeIfAbsent(List.of(kind, tier, urgency), this::ask);
  }

  private RoutingRule ask(List<String> question) {
    List<Map<String, String>> lines =
        file.ask(
            ID,
            Map.of("kind", question.get(0), "tier", question.get(1), "urgency", question.get(2)));
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(
          "类型“%s”、层级“%s”、紧急程度“%s”没有对应的行,请在表的最后加一行留空的条件。"
              .formatted(question.get(0), question.get(1), question.get(2)));
    }
    return read(lines.get(0));
  }

  private static RoutingRule read(Map<String, String> line) {
    return new RoutingRule(
        word(line, "ownFirst", "yes", "no"),
        number(line, "slaHours", 999),
        number(line, "remindPercent", 99),
        word(line, "escalateTo", "head_office", "leader"),
        word(line, "rerouteOverdue", "yes", "no"));
  }

  private static boolean word(Map<String, String> line, String column, String yes, String no) {
    String value = String.valueOf(line.get(column));
    if (!value.equals(yes) && !value.equals(no)) {
      throw new IllegalArgumentException(
          "列“%s”只能填 %s 或 %s,而不是“%s”。".formatted(column, yes, no, value));
    }
    return value.equals(yes);
  }

  private static int number(Map<String, String> line, String column, int largest) {
    String value = String.valueOf(line.get(column));
    if (!value.matches("[1-9]\\d{0,2}") || Integer.parseInt(value) > largest) {
      throw new IllegalArgumentException(
          "列“%s”应填 1 至 %d 的整数,而不是“%s”。".formatted(column, largest, value));
    }
    return Integer.parseInt(value);
  }
}
