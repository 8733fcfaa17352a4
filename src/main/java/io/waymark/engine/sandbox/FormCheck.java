package io.waymark.engine.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one form: plain fields only, no expression and no markup that a browser would run. */
final class FormCheck {

  private static final Set<String> FIELDS =
      Set.of(
          "textfield",
          "textarea",
          "select",
          "radio",
          "checkbox",
          "number",
          "datetime",
          "text",
          "group",
          "separator",
          "spacer");

  private static final Pattern KEY = Pattern.compile("outcome|note|answer_[a-z0-9_]{1,40}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Refusals refusals;

  FormCheck(String resource) {
    this.refusals = new Refusals(resource);
  }

  List<Problem> check(byte[] bytes) {
    try {
      JsonNode form = JSON.readTree(bytes);
      if (!form.path("id").asText("").matches("[A-Za-z][A-Za-z0-9_-]{0,80}")) {
        refusals.refuse(ProblemKind.FORM, "id", "表单缺少编号 id。");
      }
      form.path("components").forEach(this::checkField);
      checkTexts(form, "表单");
    } catch (JsonProcessingException malformed) {
      refusals.refuse(ProblemKind.FORM, "文件", "表单不是有效的 JSON，或嵌套过深。");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return refusals.all();
  }

  private void checkField(JsonNode field) {
    String type = field.path("type").asText("");
    if (!FIELDS.contains(type)) {
      refusals.refuse(ProblemKind.FORM, name(field), "不允许使用字段类型“" + type + "”。");
    }
    String key = field.path("key").asText("");
    if (!key.isEmpty() && !KEY.matcher(key).matches()) {
      refusals.refuse(
          ProblemKind.FORM, key, "字段编号只能是 outcome、note,或以 answer_ 开头(小写字母、数字、下划线),这样不会与旅程的变量混淆。");
    }
    field.path("components").forEach(this::checkField);
  }

  private void checkTexts(JsonNode node, String where) {
    if (node.isTextual()) {
      String text = node.asText();
      if (text.startsWith("=") || text.contains("${") || text.contains("<")) {
        refusals.refuse(ProblemKind.FORM, where, "表单文字不能包含表达式或标签:“" + text + "”。");
      }
      return;
    }
    String here = node.isObject() ? name(node) : where;
    node.forEach(child -> checkTexts(child, here));
  }

  private static String name(JsonNode field) {
    return field.path("key").asText(field.path("id").asText("字段"));
  }
}
