package io.waymark.engine.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** A step of the review's own drawing; no marketer's drawing can name it. */
public abstract class ReviewStep implements JavaDelegate {

  private final String name;

  ReviewStep(String name) {
    this.name = name;
  }

  /** What the drawing writes as {@code ${name}}. */
  public final String name() {
    return name;
  }

  @Override
  public final void execute(DelegateExecution execution) {
    run(ReviewKey.review(execution), execution);
  }

  abstract void run(long reviewId, DelegateExecution execution);
}
