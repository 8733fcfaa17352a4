package io.waymark.compliance.review;

import java.util.Locale;

/** What a review is about. */
public enum SubjectKind {
  /** A version of a message template. */
  TEMPLATE(true),
  /** A version of a journey, with its tables and forms. */
  JOURNEY(true),
  /** A rule pack; its author is an officer already. */
  RULE_PACK(false),
  /** A version of a policy; its author is an officer already. */
  POLICY(false);

  private final boolean business;

  SubjectKind(boolean business) {
    this.business = business;
  }

  /** Whether a business reviewer reads it before an officer does. */
  public boolean needsBusinessReview() {
    return business;
  }

  /** Whether an approval ends on a day; rules apply until others do. */
  public boolean approvalEnds() {
    return business;
  }

  /** The word used in tables and addresses, e.g. {@code rule_pack}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no kind has this code
   */
  public static SubjectKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
