package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewCourse;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.engine.run.StepProperties;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Ends a review without an approval (退给作者、结束审核). */
@Component
class CloseReview extends ReviewStep {

  private final ReviewCourse course;

  CloseReview(ReviewCourse course) {
    super("closeReview");
    this.course = course;
  }

  @Override
  void run(long reviewId, DelegateExecution execution) {
    course.close(reviewId, ReviewStatus.of(StepProperties.of(execution).getOrDefault("how", "")));
  }
}
