package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.RiskAssessment;
import java.util.Map;

/** 风险承受能力最低类别 gets no product marketing at all (证券期货投资者适当性管理办法 22(5)). */
final class MinimumClassGate implements Gate {

  @Override
  public String code() {
    return "minimum_class";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    RiskAssessment assessment = question.customer().assessment();
    if (!AssessmentGate.promotesProducts(question) || assessment == null) {
      return GateAnswer.pass();
    }
    return assessment.minimumClass()
        ? GateAnswer.withhold(WithheldReason.MINIMUM_CLASS, Map.of("minimum_class", "yes"))
        : GateAnswer.pass(Map.of("minimum_class", "no"));
  }
}
