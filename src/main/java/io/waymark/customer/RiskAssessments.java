package io.waymark.customer;

import io.waymark.platform.BatchReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Assessments. */
@Component
public class RiskAssessments {

  public BatchReport record(List<AssessmentRow> rows, String actor) {
    throw new IllegalStateException("not yet built");
  }

  public Map<Long, RiskAssessment> current(Collection<Long> customerIds) {
    throw new IllegalStateException("not yet built");
  }
}
