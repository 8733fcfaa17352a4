package io.waymark.compliance.review;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What the machine read before any person did; codes only, never a statement that a text is lawful.
 *
 * @param packVersion rule pack that was applied; empty when the subject holds no text
 * @param obstacles why no person may approve it: ids of blocking rules, codes of missing elements,
 *     {@code render}; empty when people may go on
 * @param findings ids of all rules that fired
 * @param reasons why an officer must read it; empty when sampling decides
 */
public record MachineReading(
    String packVersion, List<String> obstacles, List<String> findings, Set<OfficerReason> reasons) {

  public MachineReading {
    obstacles = obstacles.stream().distinct().sorted().toList();
    findings = findings.stream().distinct().sorted().toList();
    reasons = Set.copyOf(reasons);
  }

  /** Whether no person may approve it. */
  public boolean refuses() {
    return !obstacles.isEmpty();
  }

  /** Codes of the reasons in their order of weight. */
  List<String> reasonCodes() {
    return reasons.stream().sorted(Comparator.naturalOrder()).map(OfficerReason::code).toList();
  }
}
