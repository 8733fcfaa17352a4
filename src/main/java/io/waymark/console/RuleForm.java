package io.waymark.console;

import io.waymark.compliance.ContentRule;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.Wording;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A rule as a form shows and sends it: lists are lines, guards are words with blanks between.
 *
 * @param wordings as many rows as there are patterns, and one empty one to add another
 */
public record RuleForm(
    String id,
    String category,
    String level,
    String basis,
    boolean negationClears,
    String alternative,
    String effectiveFrom,
    String effectiveUntil,
    String phrases,
    List<Row> wordings,
    boolean disabled,
    String hits,
    String misses) {

  /** One pattern. */
  public record Row(String match, String notBefore, String notAfter, String notInside) {

    static final Row EMPTY = new Row("", "", "", "");
  }

  static RuleForm blank() {
    return new RuleForm("", "", "", "", false, "", "", "", "", List.of(Row.EMPTY), false, "", "");
  }

  static RuleForm of(ContentRule rule) {
    return new RuleForm(
        rule.id(),
        rule.category(),
        rule.level().code(),
        String.join(" ", rule.basis()),
        rule.negationClears(),
        rule.alternative(),
        Objects.toString(rule.effectiveFrom(), ""),
        Objects.toString(rule.effectiveUntil(), ""),
        String.join("\n", rule.phrases()),
        Stream.concat(
                rule.patterns().stream()
                    .map(
                        one ->
                            new Row(
                                one.match(),
                                String.join(" ", one.notBefore()),
                                String.join(" ", one.notAfter()),
                                String.join(" ", one.notInside()))),
                Stream.of(Row.EMPTY))
            .toList(),
        rule.disabled(),
        String.join("\n", rule.hits()),
        String.join("\n", rule.misses()));
  }

  static RuleForm sent(MultiValueMap<String, String> fields, String id) {
    List<Row> rows = new ArrayList<>();
    List<String> matches = fields.getOrDefault("match", List.of());
    for (int i = 0; i < matches.size(); i++) {
      if (!matches.get(i).isBlank()) {
        rows.add(
            new Row(
                matches.get(i).strip(),
                at(fields, "notBefore", i),
                at(fields, "notAfter", i),
                at(fields, "notInside", i)));
      }
    }
    rows.add(Row.EMPTY);
    return new RuleForm(
        id.isEmpty() ? one(fields, "id").toUpperCase(Locale.ROOT) : id,
        one(fields, "category"),
        one(fields, "level"),
        one(fields, "basis"),
        fields.containsKey("negationClears"),
        one(fields, "alternative"),
        one(fields, "effectiveFrom"),
        one(fields, "effectiveUntil"),
        one(fields, "phrases"),
        rows,
        fields.containsKey("disabled"),
        one(fields, "hits"),
        one(fields, "misses"));
  }

  private static String one(MultiValueMap<String, String> fields, String name) {
    return Objects.requireNonNullElse(fields.getFirst(name), "").strip();
  }

  private static String at(MultiValueMap<String, String> fields, String name, int index) {
    List<String> all = fields.getOrDefault(name, List.of());
    return index < all.size() ? all.get(index).strip() : "";
  }

  /** What is wrong, by field; empty when a rule can be made of it. */
  Map<String, String> problems(RulePack pack, boolean fresh, Words words) {
    Map<String, String> problems = new LinkedHashMap<>();
    if (!id.matches("[A-Z]{1,3}\\d{1,3}")) {
      problems.put("id", words.of("rule.problem.id"));
    } else if (fresh && pack.rule(id).isPresent()) {
      problems.put("id", words.of("rule.problem.id.taken", id));
    }
    require(problems, "category", category, words);
    require(problems, "level", level, words);
    require(problems, "alternative", alternative, words);
    List<String> unknown =
        split(basis).stream().filter(key -> !pack.sources().containsKey(key)).toList();
    if (basis.isBlank() || !unknown.isEmpty()) {
      problems.put(
          "basis",
          unknown.isEmpty()
              ? words.of("rule.problem.basis")
              : words.of("rule.problem.basis.unknown", String.join(" ", unknown)));
    }
    dates(problems, words);
    if (phrases.isBlank() && wordings.size() == 1) {
      problems.put("phrases", words.of("rule.problem.phrases"));
    }
    if (hits.isBlank() && !disabled) {
      problems.put("hits", words.of("rule.problem.hits"));
    }
    return problems;
  }

  private void dates(Map<String, String> problems, Words words) {
    try {
      LocalDate from = day(effectiveFrom);
      LocalDate until = day(effectiveUntil);
      if (from != null && until != null && !until.isAfter(from)) {
        problems.put("effectiveUntil", words.of("rule.problem.until"));
      }
    } catch (DateTimeParseException e) {
      problems.put("effectiveFrom", words.of("rule.problem.day"));
    }
  }

  private static void require(
      Map<String, String> problems, String field, String value, Words words) {
    if (value.isBlank()) {
      problems.put(field, words.of("rule.problem.empty"));
    }
  }

  /** The rule; only when there are no problems. */
  ContentRule rule() {
    return new ContentRule(
        id,
        category,
        FindingLevel.valueOf(level.toUpperCase(Locale.ROOT)),
        split(basis),
        alternative,
        negationClears,
        day(effectiveFrom),
        day(effectiveUntil),
        lines(phrases),
        wordings.stream()
            .filter(row -> !row.match().isBlank())
            .map(
                row ->
                    new Wording(
                        row.match(),
                        split(row.notBefore()),
                        split(row.notAfter()),
                        split(row.notInside())))
            .toList(),
        disabled,
        lines(hits),
        lines(misses));
  }

  private static @Nullable LocalDate day(String text) {
    return text.isBlank() ? null : LocalDate.parse(text);
  }

  private static List<String> split(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
