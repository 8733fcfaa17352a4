package io.waymark.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.re2j.PatternSyntaxException;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a list of required elements says, read from its YAML. */
record ElementRules(Map<String, Element> elements, List<Requirement> requirements) {

  private static final Set<String> PRODUCT_CLASSES =
      new TreeSet<>(Set.of("A", "B", "C", "D", "E", "M", "T", "W", "none"));

  /** A statement and how it is recognised. */
  record Element(
      MissingElement whenMissing, List<TextPattern> patterns, boolean raw, boolean waivable) {

    boolean isIn(String visible, String markup) {
      String text = raw ? markup : visible;
      return patterns.stream().anyMatch(pattern -> pattern.isIn(text));
    }

    /** An example that is not recognised would send every author in circles. */
    List<String> problems(String code) {
      List<String> problems = new ArrayList<>();
      if (whenMissing.title().isBlank()) {
        problems.add("必备要素 %s 没有名称，请填写 title。".formatted(code));
      }
      if (whenMissing.basis().isBlank()) {
        problems.add("必备要素 %s 没有依据，请填写 basis；内部制度写 house_policy。".formatted(code));
      }
      if (patterns.isEmpty()) {
        problems.add("必备要素 %s 没有识别方式，请在 patterns 中至少写一条。".formatted(code));
      } else if (!isIn(VisibleText.folded(whenMissing.example()), whenMissing.example())) {
        problems.add(
            "必备要素 %s 的示例“%s”不符合它自己的 patterns，请改正其中之一。".formatted(code, whenMissing.example()));
      }
      return problems;
    }
  }

  /** Which texts need which elements; an empty set fits every text. */
  record Requirement(
      Set<String> classes,
      Set<String> channels,
      Set<String> purposes,
      List<TextPattern> whenText,
      List<String> elements) {

    boolean fits(String productClass, String channel, String purpose, String visible) {
      return fits(classes, productClass)
          && fits(channels, channel)
          && fits(purposes, purpose)
          && (whenText.isEmpty() || whenText.stream().anyMatch(pattern -> pattern.isIn(visible)));
    }

    private static boolean fits(Set<String> allowed, String value) {
      return allowed.isEmpty() || allowed.contains(value);
    }
  }

  /**
   * Reads a document; checks only what reading needs, see {@link #problems}.
   *
   * @throws RulePackException when it is no readable list of elements and requirements
   */
  static ElementRules read(String source) {
    JsonNode root = tree(source);
    Map<String, Element> elements = new LinkedHashMap<>();
    root.path("elements")
        .properties()
        .forEach(entry -> elements.put(entry.getKey(), element(entry.getKey(), entry.getValue())));
    List<Requirement> requirements = new ArrayList<>();
    for (JsonNode node : root.path("requirements")) {
      Requirement requirement = requirement(node);
      for (String code : requirement.elements()) {
        if (!elements.containsKey(code)) {
          throw new RulePackException("必备要素 %s 未定义，请在 elements 中补充。".formatted(code));
        }
      }
      requirements.add(requirement);
    }
    if (elements.isEmpty() || requirements.isEmpty()) {
      throw new RulePackException("必备要素清单须有 elements 与 requirements 两部分，且都不能为空。");
    }
    return new ElementRules(
        Collections.unmodifiableMap(elements), Collections.unmodifiableList(requirements));
  }

  /** What stands against a document that can be read, one Chinese sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    elements.forEach((code, element) -> problems.addAll(element.problems(code)));
    int line = 0;
    for (Requirement requirement : requirements) {
      line++;
      unknown(problems, line, "classes", requirement.classes(), PRODUCT_CLASSES);
      unknown(problems, line, "channels", requirement.channels(), codes(Channel.values()));
      unknown(problems, line, "purposes", requirement.purposes(), purposes());
      if (requirement.elements().isEmpty()) {
        problems.add("第 %d 条要求没有列出要素，请在它的 elements 中写上。".formatted(line));
      }
    }
    return problems;
  }

  private static void unknown(
      List<String> problems, int line, String key, Set<String> given, Set<String> known) {
    given.stream()
        .filter(word -> !known.contains(word))
        .sorted()
        .forEach(
            word ->
                problems.add(
                    "第 %d 条要求的 %s 里没有“%s”，可用的是 %s。"
                        .formatted(line, key, word, String.join("、", known))));
  }

  private static Set<String> codes(Channel[] channels) {
    return Arrays.stream(channels)
        .map(Channel::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> purposes() {
    return Arrays.stream(Purpose.values())
        .map(Purpose::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode tree(String source) {
    try {
      return new YAMLMapper().readTree(source);
    } catch (JsonProcessingException e) {
      throw new RulePackException(
          "必备要素清单不是有效的 YAML，第 %d 行：%s"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()));
    }
  }

  private static Requirement requirement(JsonNode node) {
    return new Requirement(
        new TreeSet<>(words(node.path("classes"))),
        new TreeSet<>(words(node.path("channels"))),
        new TreeSet<>(words(node.path("purposes"))),
        patterns("requirements", node.path("whenText")),
        words(node.path("elements")));
  }

  private static Element element(String code, JsonNode node) {
    return new Element(
        new MissingElement(
            code,
            node.path("title").asText(),
            String.join(",", words(node.path("basis"))),
            node.path("housePolicy").asBoolean(false),
            node.path("example").asText()),
        patterns(code, node.path("patterns")),
        node.path("raw").asBoolean(false),
        node.path("waivable").asBoolean(false));
  }

  private static List<TextPattern> patterns(String where, JsonNode node) {
    return words(node).stream().map(pattern -> compile(where, pattern)).toList();
  }

  private static TextPattern compile(String where, String pattern) {
    try {
      return TextPattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new RulePackException(
          "%s 的表达式“%s”无法识别（%s），请改正。".formatted(where, pattern, e.getDescription()));
    }
  }

  private static List<String> words(JsonNode node) {
    List<String> words = new ArrayList<>();
    node.forEach(word -> words.add(word.asText()));
    return words;
  }
}
