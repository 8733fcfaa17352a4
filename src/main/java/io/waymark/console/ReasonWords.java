package io.waymark.console;

import io.waymark.journey.LeaveReasons;

/** The words of {@link LeaveReasons} for pages. */
public final class ReasonWords {

  /** The words for the code of a goal, or of why somebody left or did not enter. */
  public String title(String code) {
    return LeaveReasons.title(code);
  }
}
