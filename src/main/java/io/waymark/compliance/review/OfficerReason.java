package io.waymark.compliance.review;

import java.util.Locale;

/** Why a text must be read by a compliance officer and not by the business reviewer alone. */
public enum OfficerReason {
  /** It can be sent for a product of R4 or above, or speaks of one. */
  HIGH_RISK,
  /** It is about margin trading. */
  MARGIN,
  /** It speaks of where the market stands or goes. */
  MARKET_VIEW,
  /** A machine wrote it. */
  AI_WRITTEN,
  /** It shows a picture, which the scanner cannot read. */
  IMAGE,
  /** A rule asks for evidence or for a person's judgement. */
  FINDING,
  /** A journey decides whom to contact and when. */
  JOURNEY,
  /** A rule or policy decides about every text and customer. */
  RULES,
  /** An officer was due for an earlier version and has not approved one since. */
  EARLIER_VERSION,
  /** It was drawn at random. */
  SAMPLED;

  /** The word used in the table, e.g. {@code market_view}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no reason has this code
   */
  public static OfficerReason of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
