package io.waymark.compliance.recall;

/**
 * One thing that is stopped.
 *
 * @param value a product code, template code, journey key or channel code; for a phrase the words
 *     themselves
 */
public record RecallTarget(RecallKind kind, String value) {

  /** As it stands in verdicts and evidence, e.g. {@code template:dca_notice}. */
  public String subject() {
    return kind.code() + ":" + value;
  }
}
