package io.waymark.segment;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a rule as a person would. */
final class RuleTexts {

  private RuleTexts() {}

  static String write(Rule rule) {
    if (rule instanceof Rule.All all) {
      return group(" and ", all.parts());
    }
    if (rule instanceof Rule.Any any) {
      return group("\n or ", any.parts());
    }
    if (rule instanceof Rule.Not not) {
      return "not " + write(not.part());
    }
    if (rule instanceof Rule.InAudience other) {
      return "in audience '" + other.code() + "'";
    }
    if (rule instanceof Rule.TagNumber tag) {
      return "tag %s %s %s"
          .formatted(tag.tag(), tag.comparison().symbol(), tag.bound().toPlainString());
    }
    if (rule instanceof Rule.TagText tag) {
      String in = "tag %s in %s".formatted(tag.tag(), quoted(tag.values()));
      return tag.among()
          ? in
          : "tag %s != '%s'".formatted(tag.tag(), tag.values().get(0).replace("'", "''"));
    }
    if (rule instanceof Rule.EventCount count) {
      String within = count.days() == null ? "" : " within " + count.days() + " days";
      return "event %s count %s %d%s"
          .formatted(count.type(), count.comparison().symbol(), count.bound(), within);
    }
    if (rule instanceof Rule.NeverSince never) {
      return "never event '%s' since event %s".formatted(never.type(), never.since());
    }
    if (rule instanceof Rule.ConsentGiven consent) {
      return "consent %s on %s".formatted(consent.purpose().code(), consent.channel().code());
    }
    if (rule instanceof Rule.RiskLevel risk) {
      return "risk %s %s".formatted(risk.comparison().symbol(), risk.bound());
    }
    if (rule instanceof Rule.AssessmentValid) {
      return "assessment valid";
    }
    if (rule instanceof Rule.Age age) {
      return "age %s %d".formatted(age.comparison().symbol(), age.years());
    }
    if (rule instanceof Rule.BranchIn branch) {
      return branch.among()
          ? "branch in " + quoted(branch.branches())
          : "branch != '" + branch.branches().get(0) + "'";
    }
    if (rule instanceof Rule.HoldsProduct holds) {
      return "holds product '" + holds.product() + "'";
    }
    if (rule instanceof Rule.HoldsType holds) {
      return "holds product_type " + holds.type();
    }
    throw new AssertionError(rule);
  }

  private static String group(String joint, List<Rule> parts) {
    return parts.stream().map(RuleTexts::write).collect(Collectors.joining(joint, "(", ")"));
  }

  private static String quoted(List<String> values) {
    return values.stream()
        .map(value -> "'" + value.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
