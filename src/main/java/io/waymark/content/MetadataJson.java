package io.waymark.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Metadata as it stands in a file and in the table: one vocabulary for both. */
final class MetadataJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of(
          "title",
          "channel",
          "purpose",
          "productClass",
          "variables",
          "subject",
          "requiresProduct",
          "notApplicable",
          "variantOf",
          "aiWritten",
          "personalised",
          "plainVariant",
          "asksConsent");

  private MetadataJson() {}

  static String write(TemplateMetadata metadata) {
    ObjectNode node = JSON.createObjectNode();
    node.put("title", metadata.title());
    node.put("channel", metadata.channel().code());
    node.put("purpose", metadata.purpose().code());
    node.put("productClass", metadata.productClass());
    metadata.variables().forEach(node.putArray("variables")::add);
    node.put("subject", metadata.subject());
    node.put("requiresProduct", metadata.requiresProduct());
    ObjectNode reasons = node.putObject("notApplicable");
    metadata.notApplicable().forEach(reasons::put);
    node.put("variantOf", metadata.variantOf());
    if (metadata.aiWritten()) {
      node.put("aiWritten", true);
    }
    PersonalUse use = metadata.personalUse();
    node.put("personalised", use.personalised());
    node.put("plainVariant", use.plainVariant());
    Purpose asked = use.asksConsent();
    node.put("asksConsent", asked == null ? null : asked.code());
    return node.toString();
  }

  static TemplateMetadata read(String code, String json) {
    try {
      return of(code, JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("template %s: stored metadata is no JSON".formatted(code), e);
    }
  }

  /**
   * Reads metadata and refuses what is unknown, so that a slip of the pen is not silently dropped.
   *
   * @throws TemplateRefusedException naming the field
   */
  static TemplateMetadata of(String code, JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                throw refused(field, "模板 %s 的元数据含未知字段 %s, 请删除或改正。".formatted(code, field));
              }
            });
    List<String> variables = new ArrayList<>();
    node.path("variables").forEach(variable -> variables.add(variable.asText()));
    Map<String, String> reasons = new TreeMap<>();
    node.path("notApplicable")
        .properties()
        .forEach(entry -> reasons.put(entry.getKey(), entry.getValue().asText()));
    return new TemplateMetadata(
        code,
        node.path("title").asText(""),
        channel(code, node.path("channel").asText("")),
        purpose(code, node.path("purpose").asText("")),
        node.path("productClass").asText("none"),
        variables,
        text(node, "subject"),
        node.path("requiresProduct").asBoolean(false),
        reasons,
        text(node, "variantOf"),
        node.path("aiWritten").asBoolean(false),
        personalUse(code, node));
  }

  private static PersonalUse personalUse(String code, JsonNode node) {
    boolean personalised = node.path("personalised").asBoolean(false);
    String plain = text(node, "plainVariant");
    if (plain != null && (!personalised || plain.equals(code))) {
      throw refused(
          "plainVariant", "模板 %s 只有在 personalised 为 true 时才能另指非个性化版本, 且不能指向自己。".formatted(code));
    }
    String asked = text(node, "asksConsent");
    return new PersonalUse(personalised, plain, asked == null ? null : purpose(code, asked));
  }

  private static Channel channel(String template, String code) {
    try {
      return Channel.of(code);
    } catch (IllegalArgumentException e) {
      throw refused(
          "channel", "模板 %s 的渠道 %s 无效, 请改为 sms、email、in_app 等。".formatted(template, code));
    }
  }

  private static Purpose purpose(String template, String code) {
    try {
      return Purpose.of(code);
    } catch (IllegalArgumentException e) {
      throw refused(
          "purpose", "模板 %s 的用途 %s 无效, 请改为 service、education 等。".formatted(template, code));
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  private static TemplateRefusedException refused(String field, String message) {
    return new TemplateRefusedException(field, "invalid_" + field, message);
  }
}
