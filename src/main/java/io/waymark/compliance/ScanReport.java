package io.waymark.compliance;

import java.util.List;

/**
 * What the machine found; never a statement that a text is lawful.
 *
 * @param packVersion version of the rule pack that was applied
 * @param findings in order of their place in the text
 */
public record ScanReport(String packVersion, List<Finding> findings) {

  public ScanReport {
    findings = List.copyOf(findings);
  }

  /** Whether a finding forbids sending. */
  public boolean blocks() {
    return findings.stream().anyMatch(finding -> finding.level() == FindingLevel.BLOCK);
  }

  /** One Chinese sentence for people. */
  public String conclusion() {
    return findings.isEmpty()
        ? "未发现规则命中, 仍需合规复核"
        : "发现 %d 处规则命中, 请按提示修改后提交合规复核".formatted(findings.size());
  }
}
