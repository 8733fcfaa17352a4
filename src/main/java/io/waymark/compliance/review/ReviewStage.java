package io.waymark.compliance.review;

import io.waymark.platform.staff.Role;
import java.util.Locale;

/** Whose turn it is in a review. */
public enum ReviewStage {
  /** A marketer who neither wrote nor submitted it. */
  BUSINESS(Role.MARKETER),
  /** A compliance officer who has had no hand in it so far. */
  OFFICER(Role.COMPLIANCE);

  private final Role role;

  ReviewStage(Role role) {
    this.role = role;
  }

  /** The only role that decides at this stage. */
  public Role role() {
    return role;
  }

  /** The word used in tables and drawings, e.g. {@code officer}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no stage has this code
   */
  public static ReviewStage of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
