package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewCourse;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Puts the content in force under a number (编号生效). */
@Component
class ReleaseContent extends ReviewStep {

  private final ReviewCourse course;

  ReleaseContent(ReviewCourse course) {
    super("releaseContent");
    this.course = course;
  }

  @Override
  void run(long reviewId, DelegateExecution execution) {
    course.release(reviewId);
  }
}
