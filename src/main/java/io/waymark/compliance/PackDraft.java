package io.waymark.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.LocalDate;
import java.util.List;

/**
 * The file of a pack while people change it rule by rule. Everything a form does not show stays as
 * it is; comments of the file are lost with the first change.
 */
final class PackDraft {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private final ObjectNode root;

  private PackDraft(ObjectNode root) {
    this.root = root;
  }

  static PackDraft of(String yaml) {
    if (RulePackReader.tree(yaml) instanceof ObjectNode root) {
      return new PackDraft(root);
    }
    throw new RulePackException("规则库不是有效的 YAML, 请检查缩进与引号。");
  }

  PackDraft renamed(String version, String title, LocalDate effectiveFrom) {
    root.put("version", version);
    root.put("title", title);
    root.put("effectiveFrom", effectiveFrom.toString());
    return this;
  }

  /** Puts a rule in the place of the one with its id, or at the end. */
  PackDraft with(ContentRule rule) {
    ArrayNode rules = root.withArray("rules");
    ObjectNode node = node(rule);
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).path("id").asText().equals(rule.id())) {
        rules.set(i, node);
        return this;
      }
    }
    rules.add(node);
    return this;
  }

  private ObjectNode node(ContentRule rule) {
    ObjectNode node = root.objectNode();
    node.put("id", rule.id());
    node.put("category", rule.category());
    node.put("level", rule.level().code());
    words(node, "basis", rule.basis());
    if (rule.negationClears()) {
      node.put("negationClears", true);
    }
    node.put("alternative", rule.alternative());
    if (rule.effectiveFrom() != null) {
      node.put("effectiveFrom", rule.effectiveFrom().toString());
    }
    if (rule.effectiveUntil() != null) {
      node.put("effectiveUntil", rule.effectiveUntil().toString());
    }
    words(node, "phrases", rule.phrases());
    if (!rule.patterns().isEmpty()) {
      ArrayNode patterns = node.putArray("patterns");
      for (Wording wording : rule.patterns()) {
        ObjectNode pattern = patterns.addObject();
        pattern.put("match", wording.match());
        words(pattern, "notBefore", wording.notBefore());
        words(pattern, "notAfter", wording.notAfter());
        words(pattern, "notInside", wording.notInside());
      }
    }
    if (rule.disabled()) {
      node.put("disabled", true);
    }
    if (!rule.hits().isEmpty() || !rule.misses().isEmpty()) {
      ObjectNode examples = node.putObject("examples");
      words(examples, "hit", rule.hits());
      words(examples, "miss", rule.misses());
    }
    return node;
  }

  private static void words(ObjectNode node, String field, List<String> words) {
    if (!words.isEmpty()) {
      ArrayNode array = node.putArray(field);
      words.forEach(array::add);
    }
  }

  /** The file. */
  String text() {
    try {
      return YAML.writeValueAsString((JsonNode) root);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
