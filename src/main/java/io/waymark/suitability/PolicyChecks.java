package io.waymark.suitability;

import io.waymark.suitability.table.DecisionFile;
import io.waymark.suitability.table.DecisionTable;
import io.waymark.suitability.table.DecisionTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands against a policy somebody wants to propose: a file that is more than plain tables,
 * tables or columns that are missing or hidden, words nobody understands, gaps and overlaps, and
 * what no broker may decide for itself.
 */
final class PolicyChecks {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private final DecisionTables engine;
  private final List<String> problems = new ArrayList<>();

  private PolicyChecks(DecisionTables engine) {
    this.engine = engine;
  }

  static List<String> of(String dmn, DecisionTables engine) {
    return new PolicyChecks(engine).check(dmn);
  }

  private List<String> check(String dmn) {
    problems.addAll(engine.problems(dmn));
    if (!problems.isEmpty()) {
      return problems;
    }
    try {
      shape(engine.open(dmn));
      if (problems.isEmpty()) {
        content(SuitabilityPolicy.read(dmn, engine));
      }
    } catch (IllegalArgumentException unreadable) {
      problems.add(String.valueOf(unreadable.getMessage()));
    }
    return problems;
  }

  private void shape(DecisionFile file) {
    Set<String> seen = new HashSet<>();
    Map<String, PolicyTables> known = new HashMap<>();
    for (PolicyTables kind : PolicyTables.values()) {
      known.put(kind.id(), kind);
    }
    for (DecisionTable table : file.tables()) {
      PolicyTables kind = known.get(table.id());
      if (kind == null) {
        problems.add("不认识决策表“%s”（%s），请删除。".formatted(table.name(), table.id()));
      } else if (!seen.add(table.id())) {
        problems.add("决策表“%s”出现了两次，请只留一张。".formatted(table.name()));
      } else {
        columns(kind, table);
      }
    }
    for (PolicyTables kind : PolicyTables.values()) {
      if (!seen.contains(kind.id())) {
        problems.add("缺少决策表 %s，请从现行版本开始修改。".formatted(kind.id()));
      }
    }
  }

  private void columns(PolicyTables kind, DecisionTable table) {
    String hitPolicy = kind.unique() ? "UNIQUE" : "COLLECT";
    if (!table.hitPolicy().equals(hitPolicy)) {
      problems.add("“%s”的命中策略须为 %s，而不是 %s。".formatted(table.name(), hitPolicy, table.hitPolicy()));
    }
    List<String> inputs = table.inputs().stream().map(DecisionTable.Column::name).toList();
    List<String> outputs = table.outputs().stream().map(DecisionTable.Column::name).toList();
    if (!inputs.equals(List.copyOf(kind.inputs().keySet()))) {
      problems.add(
          "“%s”的输入列须依次为 %s，而不是 %s。".formatted(table.name(), kind.inputs().keySet(), inputs));
    }
    if (!outputs.equals(List.copyOf(kind.outputs().keySet()))) {
      problems.add(
          "“%s”的输出列须依次为 %s，而不是 %s。".formatted(table.name(), kind.outputs().keySet(), outputs));
    }
    if (problems.isEmpty()) {
      table.lines().forEach(line -> line(kind, table, line));
    }
  }

  private void line(PolicyTables kind, DecisionTable table, DecisionTable.Line line) {
    int number = table.lines().indexOf(line) + 1;
    int column = 0;
    for (Map.Entry<String, List<String>> output : kind.outputs().entrySet()) {
      String written = line.outputs().get(column);
      String word =
          written.length() > 1 && written.startsWith("\"")
              ? written.substring(1, written.length() - 1)
              : written;
      cell(table, number, table.outputs().get(column).title(), output.getValue(), word);
      if (output.getKey().equals("basis") && word.isBlank()) {
        problems.add("“%s”第 %d 行没有写依据，请补上法规条款或公司制度。".formatted(table.name(), number));
      }
      column++;
    }
    column = 0;
    for (Map.Entry<String, List<String>> input : kind.inputs().entrySet()) {
      for (String word : words(line.inputs().get(column))) {
        cell(table, number, table.inputs().get(column).title(), input.getValue(), word);
      }
      column++;
    }
  }

  private void cell(
      DecisionTable table, int number, String title, List<String> allowed, String word) {
    boolean known =
        allowed.equals(PolicyTables.Words.OPEN)
            || (allowed.equals(PolicyTables.Words.NUMBERS)
                ? NUMBER.matcher(word).matches()
                : allowed.contains(word));
    if (!known) {
      problems.add(
          "“%s”第 %d 行“%s”不认识“%s”，可以写：%s。"
              .formatted(
                  table.name(),
                  number,
                  title,
                  word,
                  allowed.equals(PolicyTables.Words.NUMBERS) ? "非负整数" : String.join("、", allowed)));
    }
  }

  /** The words of a condition; comparisons by size make no sense for words and are words here. */
  private static List<String> words(String condition) {
    String inner =
        condition.startsWith("not(") ? condition.substring(4, condition.length() - 1) : condition;
    if (inner.isBlank() || inner.equals("-")) {
      return List.of();
    }
    return List.of(inner.split(",")).stream()
        .map(String::strip)
        .map(word -> word.startsWith("\"") ? word.substring(1, word.length() - 1) : word)
        .toList();
  }

  private void content(SuitabilityPolicy policy) {
    for (PolicyTables kind : PolicyTables.values()) {
      problems.addAll(policy.asked(kind).problems());
    }
    if (problems.isEmpty()) {
      PolicyLimits.of(policy).forEach(problems::add);
    }
  }
}
