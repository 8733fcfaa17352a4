package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewRefusedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses an instance of the review that no submission is starting on this very thread. */
@Component
class ReviewStarts implements ExecutionListener {

  private final ThreadLocal<@Nullable Long> starting = new ThreadLocal<>();

  void starting(long reviewId, Runnable start) {
    starting.set(reviewId);
    try {
      start.run();
    } finally {
      starting.remove();
    }
  }

  @Override
  public void notify(DelegateExecution execution) {
    Long review = starting.get();
    if (review == null || !ReviewKey.of(review).equals(execution.getProcessBusinessKey())) {
      throw new ReviewRefusedException("start_by_submission_only", "审核只能由提交开始,不能直接启动流程实例。");
    }
  }
}
