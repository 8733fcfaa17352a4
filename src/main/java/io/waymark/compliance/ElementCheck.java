package io.waymark.compliance;

import org.jspecify.annotations.Nullable;

/**
 * How a text stands to one statement that its class, purpose and channel ask for.
 *
 * @param found where it stands
 * @param waiver why the template says it does not apply; null unless it does
 */
public record ElementCheck(MissingElement element, Found found, @Nullable String waiver) {

  /** Where a required statement stands. */
  public enum Found {
    /** The text carries it. */
    PRESENT,
    /** It lacks it. */
    MISSING,
    /** The template records, with a reason the policy admits, that it does not apply. */
    NOT_APPLICABLE
  }
}
