package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewCourse;
import io.waymark.compliance.review.ReviewCourse.Way;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lets the machine read the content (机器检查) and sets the codes the gateways ask for. */
@Component
class ScanContent extends ReviewStep {

  private final ReviewCourse course;

  ScanContent(ReviewCourse course) {
    super("scanContent");
    this.course = course;
  }

  @Override
  void run(long reviewId, DelegateExecution execution) {
    Way way = course.scan(reviewId);
    execution.setVariable("machine", way.refused() ? "refused" : "passed");
    execution.setVariable("business", way.business() ? "yes" : "no");
    execution.setVariable("officer", way.officer() ? "yes" : "no");
  }
}
