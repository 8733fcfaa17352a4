package io.waymark.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.compliance.RulePack.Disguise;
import io.waymark.compliance.RulePack.NegationWords;
import io.waymark.compliance.RulePack.Normalisation;
import io.waymark.compliance.RulePack.RuleSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a rule pack from YAML and refuses what could not be applied. */
final class RulePackReader {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> RULE_FIELDS =
      Set.of(
          "id",
          "category",
          "level",
          "basis",
          "negationClears",
          "alternative",
          "effectiveFrom",
          "effectiveUntil",
          "phrases",
          "patterns",
          "disabled",
          "examples");

  private RulePackReader() {}

  static RulePack read(String yaml) {
    JsonNode root = tree(yaml);
    Map<String, RuleSource> sources = sources(root.path("sources"));
    List<ContentRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : root.path("rules")) {
      ContentRule rule = rule(node);
      if (!ids.add(rule.id())) {
        throw new RulePackException("规则编号 %s 重复, 请为每条规则使用唯一编号。".formatted(rule.id()));
      }
      for (String basis : rule.basis()) {
        if (!sources.containsKey(basis)) {
          throw new RulePackException(
              "规则 %s 引用的依据 %s 未在 sources 中列出, 请补充依据。".formatted(rule.id(), basis));
        }
      }
      rules.add(rule);
    }
    if (rules.isEmpty()) {
      throw new RulePackException("规则库没有任何规则, 请检查 rules 一节。");
    }
    return new RulePack(
        required(root, "version"),
        required(root, "title"),
        hash(yaml),
        day(required(root, "effectiveFrom"), "effectiveFrom"),
        sources,
        rules,
        normalisation(root.path("normalisation"), ids),
        negation(root.path("negation")));
  }

  static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new RulePackException("规则库不是有效的 YAML, 请检查缩进与引号。", e);
    }
  }

  private static ContentRule rule(JsonNode node) {
    String id = required(node, "id");
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!RULE_FIELDS.contains(field)) {
                throw new RulePackException("规则 %s 含未知字段 %s, 请删除或改正。".formatted(id, field));
              }
            });
    List<Wording> patterns = new ArrayList<>();
    for (JsonNode pattern : node.path("patterns")) {
      patterns.add(
          new Wording(
              required(pattern, "match"),
              words(pattern.path("notBefore")),
              words(pattern.path("notAfter")),
              words(pattern.path("notInside"))));
    }
    return new ContentRule(
        id,
        required(node, "category"),
        level(id, required(node, "level")),
        words(node.path("basis")),
        required(node, "alternative"),
        node.path("negationClears").asBoolean(false),
        optionalDay(node, "effectiveFrom"),
        optionalDay(node, "effectiveUntil"),
        words(node.path("phrases")),
        patterns,
        node.path("disabled").asBoolean(false),
        words(node.path("examples").path("hit")),
        words(node.path("examples").path("miss")));
  }

  private static FindingLevel level(String id, String code) {
    try {
      return FindingLevel.valueOf(code.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new RulePackException(
          "规则 %s 的级别 %s 无效, 请使用 block、evidence 或 review。".formatted(id, code), e);
    }
  }

  private static Map<String, RuleSource> sources(JsonNode node) {
    Map<String, RuleSource> sources = new HashMap<>();
    node.properties()
        .forEach(
            entry ->
                sources.put(
                    entry.getKey(),
                    new RuleSource(
                        required(entry.getValue(), "title"), required(entry.getValue(), "mark"))));
    return sources;
  }

  private static Normalisation normalisation(JsonNode node, Set<String> ruleIds) {
    Map<Integer, String> symbols = new HashMap<>();
    node.path("symbols")
        .properties()
        .forEach(e -> symbols.put(e.getKey().codePointAt(0), e.getValue().asText()));
    Map<Character, Character> confusables = new HashMap<>();
    node.path("confusables")
        .properties()
        .forEach(e -> confusables.put(e.getKey().charAt(0), e.getValue().asText().charAt(0)));
    Map<Character, Character> traditional = new HashMap<>();
    for (String pair : node.path("traditional").asText().strip().split("\\s+")) {
      if (pair.length() != 2) {
        throw new RulePackException("繁简对照 %s 不是两个字, 请检查 traditional 一节。".formatted(pair));
      }
      traditional.put(pair.charAt(0), pair.charAt(1));
    }
    List<Disguise> disguises = new ArrayList<>();
    for (String table : List.of("homophones", "letters")) {
      for (JsonNode entry : node.path(table)) {
        disguises.add(
            new Disguise(
                required(entry, "from"),
                required(entry, "to"),
                words(entry.path("notBefore")),
                words(entry.path("notAfter"))));
      }
    }
    Map<String, String> pinyin = new HashMap<>();
    for (JsonNode entry : node.path("pinyin")) {
      String rule = required(entry, "rule");
      if (!ruleIds.contains(rule)) {
        throw new RulePackException("拼音表引用的规则 %s 不存在, 请改正。".formatted(rule));
      }
      pinyin.put(required(entry, "run"), rule);
    }
    Map<Character, String> sameSound = new HashMap<>();
    node.path("sameSound")
        .properties()
        .forEach(e -> sameSound.put(e.getKey().charAt(0), e.getValue().asText()));
    return new Normalisation(
        symbols,
        confusables,
        traditional,
        node.path("separators").asText(),
        disguises,
        pinyin,
        sameSound);
  }

  private static NegationWords negation(JsonNode node) {
    return new NegationWords(
        node.path("reach").asInt(14),
        words(node.path("words")),
        words(node.path("notNegations")),
        words(node.path("double")),
        words(node.path("contrast")),
        words(node.path("warningAfter")),
        node.path("warningReach").asInt(10));
  }

  private static String required(JsonNode node, String field) {
    String text = node.path(field).asText("");
    if (text.isBlank()) {
      throw new RulePackException("规则库缺少字段 %s, 请补充: %s".formatted(field, node));
    }
    return text;
  }

  private static List<String> words(JsonNode node) {
    List<String> words = new ArrayList<>();
    node.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static @Nullable LocalDate optionalDay(JsonNode node, String field) {
    return node.hasNonNull(field) ? day(node.get(field).asText(), field) : null;
  }

  private static LocalDate day(String text, String field) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new RulePackException("%s 不是日期: %s, 请写作 2026-11-01。".formatted(field, text), e);
    }
  }

  /** SHA-256 of a file, in hex. */
  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
