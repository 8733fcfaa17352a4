package io.waymark.compliance;

/**
 * One hit of one rule.
 *
 * @param ruleId e.g. {@code G01}
 * @param start offset of the first character in the raw text
 * @param end offset after the last character in the raw text
 * @param matched the raw text of the hit, with what was hidden in it
 * @param basis keys of the articles the rule rests on, comma separated
 * @param alternative Chinese suggestion; a person accepts it, it is never applied silently
 * @param evasion seen only after undoing a disguise: compliance is told
 */
public record Finding(
    String ruleId,
    String category,
    FindingLevel level,
    int start,
    int end,
    String matched,
    String basis,
    String alternative,
    boolean evasion) {}
