package io.waymark.compliance;

import java.util.List;

/**
 * A rule tried on the sentences kept with it.
 *
 * @param examples those it must find first, then those it must not
 */
public record RuleTrial(List<Example> examples) {

  public RuleTrial {
    examples = List.copyOf(examples);
  }

  /** Whether the rule does on every sentence what it was written to do. */
  public boolean holds() {
    return examples.stream().allMatch(Example::asWanted);
  }

  /**
   * One sentence.
   *
   * @param wanted whether the rule is to find something in it
   * @param findings what this rule finds
   */
  public record Example(String sentence, boolean wanted, List<Finding> findings) {

    public Example {
      findings = List.copyOf(findings);
    }

    public boolean asWanted() {
      return wanted == !findings.isEmpty();
    }
  }
}
