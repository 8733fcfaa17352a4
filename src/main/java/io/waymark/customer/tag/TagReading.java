package io.waymark.customer.tag;

import java.util.Map;

/** What a value sent for a tag becomes. */
public sealed interface TagReading {

  /**
   * Kept as written here.
   *
   * @param value brought to the spelling of its type
   */
  record Kept(String value) implements TagReading {}

  /**
   * Refused.
   *
   * @param code stable code for machines
   * @param message Chinese sentence that says what to do
   */
  record Refused(String code, String message) implements TagReading {}

  /**
   * Reads a value from outside against the registry: the tag must be declared, must not be one that
   * Waymark computes itself, and the value must fit.
   */
  static TagReading of(Map<String, TagDefinition> registry, String tag, String value) {
    TagDefinition definition = registry.get(tag);
    if (definition == null) {
      return new Refused("undeclared", "没有登记这个标签，请先在“标签”页登记，或在提交时选择自动登记");
    }
    if (definition.source() == TagSource.RULE) {
      return new Refused("computed", "此标签由规则计算，不能从外部写入");
    }
    return definition
        .read(value)
        .<TagReading>map(Kept::new)
        .orElseGet(() -> new Refused("wrong_value", expectation(definition)));
  }

  private static String expectation(TagDefinition definition) {
    if (!definition.allowed().isEmpty()) {
      return "标签值只能是 " + String.join("、", definition.allowed());
    }
    return switch (definition.type()) {
      case TEXT -> "标签值不符合要求";
      case NUMBER -> "标签值应为数字，整数不超过 18 位，小数不超过 8 位";
      case FLAG -> "标签值应为 true 或 false";
      case DATE -> "标签值应为日期，请写成 2026-11-22";
    };
  }
}
