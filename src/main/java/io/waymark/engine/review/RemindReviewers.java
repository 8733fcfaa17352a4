package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewCourse;
import io.waymark.compliance.review.ReviewStage;
import io.waymark.engine.run.StepProperties;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Makes a long wait known (提醒、升级). */
@Component
class RemindReviewers extends ReviewStep {

  private final ReviewCourse course;

  RemindReviewers(ReviewCourse course) {
    super("remindReviewers");
    this.course = course;
  }

  @Override
  void run(long reviewId, DelegateExecution execution) {
    Map<String, String> settings = StepProperties.of(execution);
    course.remind(
        reviewId,
        ReviewStage.of(settings.getOrDefault("stage", "")),
        "escalation".equals(settings.get("level")));
  }
}
