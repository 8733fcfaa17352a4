package io.waymark.suitability;

import io.waymark.suitability.table.AmbiguousTableException;
import io.waymark.suitability.table.DecisionFile;
import io.waymark.suitability.table.DecisionTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table asked every question it can be asked, once: afterwards an answer is a look-up. Where any
 * word may be asked, the words the table names and one it does not name stand for all.
 */
final class AskedTable {

  /** Stands for every word a table does not name. */
  static final String OTHER = "~other";

  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  private final Map<List<String>, List<Map<String, String>>> answers = new HashMap<>();
  private final Map<String, Set<String>> named = new HashMap<>();
  private final List<String> columns;
  private final List<String> problems = new ArrayList<>();

  AskedTable(PolicyTables kind, DecisionTable table, DecisionFile file) {
    this.columns = List.copyOf(kind.inputs().keySet());
    List<Map<String, String>> questions = List.of(Map.of());
    for (Map.Entry<String, List<String>> input : kind.inputs().entrySet()) {
      questions = times(questions, input.getKey(), words(table, input));
    }
    for (Map<String, String> question : questions) {
      ask(kind, table, file, question);
    }
  }

  /** Questions with several lines or none, where one is due: each named with its reason. */
  List<String> problems() {
    return problems;
  }

  /** Every question with its answers. */
  Map<List<String>, List<Map<String, String>>> all() {
    return answers;
  }

  /** The words a column names. */
  Set<String> named(String column) {
    return named.getOrDefault(column, Set.of());
  }

  /** The answers to a question, its words in the order of the columns. */
  List<Map<String, String>> of(String... words) {
    List<String> question = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      Set<String> known = named.get(columns.get(i));
      question.add(known == null || known.contains(words[i]) ? words[i] : OTHER);
    }
    return answers.getOrDefault(question, List.of());
  }

  private Set<String> words(DecisionTable table, Map.Entry<String, List<String>> input) {
    if (!input.getValue().equals(PolicyTables.Words.OPEN)) {
      return new LinkedHashSet<>(input.getValue());
    }
    int column =
        table.inputs().stream().map(DecisionTable.Column::name).toList().indexOf(input.getKey());
    Set<String> words = new LinkedHashSet<>();
    for (DecisionTable.Line line : table.lines()) {
      Matcher literal = LITERAL.matcher(line.inputs().get(column));
      while (literal.find()) {
        words.add(literal.group(1));
      }
    }
    named.put(input.getKey(), Set.copyOf(words));
    words.add(OTHER);
    return words;
  }

  private void ask(
      PolicyTables kind, DecisionTable table, DecisionFile file, Map<String, String> question) {
    try {
      List<Map<String, String>> answer = file.ask(kind.id(), question);
      if (kind.unique() && answer.isEmpty()) {
        problems.add("“%s”缺少一行：%s 没有结论，请补上。".formatted(table.name(), shown(question)));
      }
      answers.put(List.copyOf(question.values()), answer);
    } catch (AmbiguousTableException several) {
      problems.add("“%s”有重叠的行：%s 同时符合多行，请只留一行。".formatted(table.name(), shown(question)));
    }
  }

  private static String shown(Map<String, String> question) {
    List<String> parts = new ArrayList<>();
    question.forEach((name, word) -> parts.add(name + "=" + (word.equals(OTHER) ? "（其他）" : word)));
    return String.join("，", parts);
  }

  private static List<Map<String, String>> times(
      List<Map<String, String>> questions, String column, Set<String> words) {
    List<Map<String, String>> product = new ArrayList<>();
    for (Map<String, String> question : questions) {
      for (String word : words) {
        Map<String, String> longer = new LinkedHashMap<>(question);
        longer.put(column, word);
        product.add(longer);
      }
    }
    return product;
  }
}
