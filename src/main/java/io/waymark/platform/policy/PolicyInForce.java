package io.waymark.platform.policy;

/**
 * The version of a policy that applies at a moment, read.
 *
 * @param value the same instance for the same document, so what is derived from it may be kept
 */
public record PolicyInForce<T>(PolicyDocument document, T value) {

  /** The version, for verdicts and evidence. */
  public String version() {
    return document.version();
  }
}
