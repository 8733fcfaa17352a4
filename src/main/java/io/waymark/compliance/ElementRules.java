package io.waymark.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file {@code required-elements.yaml}, read once. */
record ElementRules(Map<String, Element> elements, List<Requirement> requirements) {

  private static final String FILE = "/compliance/required-elements.yaml";

  /** A statement and how it is recognised. */
  record Element(
      MissingElement whenMissing, List<Pattern> patterns, boolean raw, boolean waivable) {

    boolean isIn(String visible, String markup) {
      String text = raw ? markup : visible;
      return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }
  }

  /** Which texts need which elements; an empty set fits every text. */
  record Requirement(
      Set<String> classes,
      Set<String> channels,
      Set<String> purposes,
      List<Pattern> whenText,
      List<String> elements) {

    boolean fits(String productClass, String channel, String purpose, String visible) {
      return fits(classes, productClass)
          && fits(channels, channel)
          && fits(purposes, purpose)
          && (whenText.isEmpty()
              || whenText.stream().anyMatch(pattern -> pattern.matcher(visible).find()));
    }

    private static boolean fits(Set<String> allowed, String value) {
      return allowed.isEmpty() || allowed.contains(value);
    }
  }

  static ElementRules read() {
    try (var in = ElementRules.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new RulePackException("没有找到必备要素清单, 请检查安装包是否完整。");
      }
      return of(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  private static ElementRules of(JsonNode root) {
    Map<String, Element> elements = new LinkedHashMap<>();
    root.path("elements")
        .properties()
        .forEach(entry -> elements.put(entry.getKey(), element(entry.getKey(), entry.getValue())));
    List<Requirement> requirements = new ArrayList<>();
    for (JsonNode node : root.path("requirements")) {
      Requirement requirement =
          new Requirement(
              new HashSet<>(words(node.path("classes"))),
              new HashSet<>(words(node.path("channels"))),
              new HashSet<>(words(node.path("purposes"))),
              patterns(node.path("whenText")),
              words(node.path("elements")));
      for (String code : requirement.elements()) {
        if (!elements.containsKey(code)) {
          throw new RulePackException("必备要素 %s 未定义, 请在 elements 中补充。".formatted(code));
        }
      }
      requirements.add(requirement);
    }
    return new ElementRules(elements, requirements);
  }

  private static Element element(String code, JsonNode node) {
    return new Element(
        new MissingElement(
            code,
            node.path("title").asText(),
            String.join(",", words(node.path("basis"))),
            node.path("housePolicy").asBoolean(false),
            node.path("example").asText()),
        patterns(node.path("patterns")),
        node.path("raw").asBoolean(false),
        node.path("waivable").asBoolean(false));
  }

  private static List<Pattern> patterns(JsonNode node) {
    return words(node).stream().map(Pattern::compile).toList();
  }

  private static List<String> words(JsonNode node) {
    List<String> words = new ArrayList<>();
    node.forEach(word -> words.add(word.asText()));
    return words;
  }
}
