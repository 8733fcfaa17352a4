package io.waymark.compliance;

import java.util.Locale;

/** What a rule demands when its wording is found. */
public enum FindingLevel {
  /** The text is not sent. */
  BLOCK,
  /** The text is sent only with objective evidence that a person has filed. */
  EVIDENCE,
  /** A person decides. */
  REVIEW;

  /** The word used in rule packs and the API, e.g. {@code block}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
