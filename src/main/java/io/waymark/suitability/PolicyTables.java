package io.waymark.suitability;

import io.waymark.platform.Purpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tables a suitability policy is made of: their columns and, for each column, what may stand in
 * it. Everything is written down here once; reading, checking and the guide for officers use it.
 */
enum PolicyTables {
  MATRIX(
      "suitability-matrix",
      true,
      inputs("level", Words.LEVELS, "productRisk", Words.RISKS),
      outputs("result", Words.YES_NO)),
  SCOPE(
      "suitability-scope",
      true,
      inputs("purpose", Words.PURPOSES, "minimumClass", Words.YES_NO, "productRisk", Words.RISKS),
      outputs("result", List.of("check", "allow", "refuse"))),
  OBJECTIVE(
      "suitability-objective",
      true,
      inputs("objective", Words.OBJECTIVES, "productObjective", Words.OBJECTIVES),
      outputs("result", Words.YES_NO)),
  TERM(
      "suitability-term",
      true,
      inputs("term", Words.with(Words.TERMS, "unknown"), "productTerm", Words.TERMS),
      outputs("result", Words.YES_NO)),
  TYPE(
      "suitability-type",
      true,
      inputs("productType", Words.OPEN),
      outputs("result", List.of("check", "skip"))),
  ENTRY(
      "suitability-entry",
      false,
      inputs("productType", Words.OPEN),
      outputs("condition", Words.OPEN, "comparison", List.of("at_least", "is", "is_not"))
          .and("threshold", Words.OPEN)),
  HIGH_RISK(
      "suitability-high-risk",
      true,
      inputs(
              "productRisk",
              Words.RISKS,
              "age",
              List.of("adult", "elderly", "unknown"),
              "education",
              Words.with(Words.YES_NO, "unknown"))
          .and("considered", Words.with(Words.YES_NO, "unknown")),
      outputs("result", List.of("pass", "human", "education", "wait"))),
  PROFESSIONAL(
      "suitability-professional",
      true,
      inputs("check", Words.REASONS),
      outputs("skipped", Words.YES_NO)),
  CONVERSION(
      "suitability-conversion",
      true,
      inputs("route", Words.ROUTES),
      outputs("requirement", Words.OPEN, "test", Words.YES_NO)),
  BEHAVIOUR(
      "suitability-behaviour",
      false,
      inputs("event", Words.OPEN, "level", Words.LEVELS),
      outputs("rule", Words.OPEN, "property", Words.OPEN)
          .and("comparison", List.of("at_most", "at_least", "is", "above_level", "any"))
          .and("threshold", Words.OPEN)
          .and("count", Words.NUMBERS)
          .and("days", Words.NUMBERS)
          .and("lowerBy", Words.NUMBERS)),
  THRESHOLDS(
      "suitability-thresholds", true, inputs("item", Words.ITEMS), outputs("value", Words.OPEN));

  private final String id;
  private final boolean unique;
  private final Columns inputs;
  private final Columns outputs;

  PolicyTables(String id, boolean unique, Columns inputs, Columns outputs) {
    this.id = id;
    this.unique = unique;
    this.inputs = inputs;
    this.outputs = outputs.and("basis", Words.OPEN);
  }

  String id() {
    return id;
  }

  /** Exactly one line for every question; the others collect any number. */
  boolean unique() {
    return unique;
  }

  /** What may stand in each input; {@link Words#OPEN} for any word. */
  Map<String, List<String>> inputs() {
    return inputs.words();
  }

  /** What may stand in each output. */
  Map<String, List<String>> outputs() {
    return outputs.words();
  }

  private static Columns inputs(String one, List<String> words) {
    return new Columns(Map.of()).and(one, words);
  }

  private static Columns inputs(String one, List<String> words, String two, List<String> more) {
    return inputs(one, words).and(two, more);
  }

  private static Columns inputs(
      String one,
      List<String> words,
      String two,
      List<String> more,
      String three,
      List<String> most) {
    return inputs(one, words, two, more).and(three, most);
  }

  private static Columns outputs(String one, List<String> words) {
    return inputs(one, words);
  }

  private static Columns outputs(String one, List<String> words, String two, List<String> more) {
    return inputs(one, words, two, more);
  }

  private record Columns(Map<String, List<String>> words) {
    Columns and(String name, List<String> allowed) {
      Map<String, List<String>> all = new LinkedHashMap<>(words);
      all.put(name, allowed);
      return new Columns(all);
    }
  }

  /** The words of the columns. */
  static final class Words {
    static final List<String> OPEN = List.of();
    static final List<String> NUMBERS = List.of("#");
    static final List<String> YES_NO = List.of("yes", "no");
    static final List<String> LEVELS = List.of("c1min", "c1", "c2", "c3", "c4", "c5");
    static final List<String> RISKS = List.of("r1", "r2", "r3", "r4", "r5");
    static final List<String> TERMS = List.of("short", "medium", "long");
    static final List<String> OBJECTIVES =
        List.of("preservation", "income", "growth", "aggressive");
    static final List<String> PURPOSES = Stream.of(Purpose.values()).map(Purpose::code).toList();
    static final List<String> REASONS =
        Stream.of(SuitabilityReason.values()).map(SuitabilityReason::code).toList();
    static final List<String> ROUTES =
        List.of("art8_person", "art8_organisation", "art11_person", "art11_organisation");
    static final List<String> ITEMS =
        List.of(
            "assessment_max_days",
            "reassessment_notice_days",
            "elderly_age",
            "consider_hours",
            "education_tag",
            "education_time_tag");

    private Words() {}

    static List<String> with(List<String> words, String more) {
      return Stream.concat(words.stream(), Stream.of(more)).toList();
    }
  }
}
