package io.waymark.compliance.review;

import org.jspecify.annotations.Nullable;

/**
 * What reviews need of the workflow engine, which draws their way; implemented on the engine's
 * floor. Every call runs in the caller's transaction and comes back into {@link ReviewCourse}.
 */
public interface ReviewProcess {

  /** Starts the way of a stored review, up to where a person must decide or it is refused. */
  void start(long reviewId);

  /**
   * Decides at the stage a review waits at.
   *
   * @param reason null when none was given
   * @throws ReviewRefusedException when this person may not, or nothing waits there
   */
  void decide(long reviewId, ReviewStage stage, boolean agree, @Nullable String reason, String by);

  /** Ends a running review from outside: withdrawn by its author or overtaken by a new version. */
  void end(long reviewId, ReviewStatus how);
}
