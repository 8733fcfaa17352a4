package io.waymark.segment.rule;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A part of a rule as a form shows it: what kind of condition, what stands in its fields, and the
 * parts of a group. The text of the rule stays the one truth: {@link RuleWriting} writes it from
 * the form, {@link RuleDrawing} fills the form from it.
 *
 * @param kind {@code all}, {@code any}, {@code not}, {@code unknown}, the kind of a condition, or
 *     {@code text} for a condition no form has room for
 * @param fields what stands in the fields, as a person types it; several values between commas
 * @param parts of a group; empty for a condition
 */
public record RuleNode(String kind, Map<String, String> fields, List<RuleNode> parts) {

  public RuleNode {
    fields = fields == null ? Map.of() : Map.copyOf(fields);
    parts = parts == null ? List.of() : List.copyOf(parts);
  }

  static RuleNode condition(String kind, Map<String, String> fields) {
    return new RuleNode(kind, fields, List.of());
  }

  static RuleNode group(String kind, List<RuleNode> parts) {
    return new RuleNode(kind, Map.of(), parts);
  }

  /** What stands in a field; empty when nothing does. */
  String field(String name) {
    return fields.getOrDefault(name, "").strip();
  }

  /** This and every part of it. */
  public Stream<RuleNode> all() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(RuleNode::all));
  }
}
