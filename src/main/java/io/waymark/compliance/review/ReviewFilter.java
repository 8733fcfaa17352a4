package io.waymark.compliance.review;

import org.jspecify.annotations.Nullable;

/**
 * Which reviews a list shows; a null field does not narrow.
 *
 * @param decidableBy only those that wait for this person's stage and that this person may decide
 * @param submittedBy only those this person wrote or submitted
 * @param text part of the code or the title
 */
public record ReviewFilter(
    @Nullable String decidableBy,
    @Nullable ReviewStage stage,
    @Nullable String submittedBy,
    @Nullable SubjectKind kind,
    @Nullable ReviewStatus status,
    @Nullable String text) {

  /** What waits for this person at this stage. */
  public static ReviewFilter waitingFor(String username, ReviewStage stage) {
    return new ReviewFilter(username, stage, null, null, null, null);
  }
}
