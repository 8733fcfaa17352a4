package io.waymark.content;

import java.util.Locale;

/** Where one version of a template stands between its author and the customer. */
public enum TemplateStatus {
  /** Written, shown to nobody. */
  DRAFT,
  /** On the compliance officer's list. */
  IN_REVIEW,
  /** The one version of its code that may be sent, until it expires. */
  APPROVED,
  /** Taken back, or replaced by a later approval; never sent again. */
  WITHDRAWN;

  /** The word used in the table and the API, e.g. {@code in_review}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no status has this code
   */
  public static TemplateStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
