package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Purpose;
import java.util.Map;

/**
 * Who switched personalisation off gets no text that is personalised (个人信息保护法 24, 网络数据安全管理条例 42).
 * Where the text names a plain one, that one was put in its place before the gates were asked.
 */
final class PersonalisationGate implements Gate {

  @Override
  public String code() {
    return "personalisation";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    TemplateVersion template = question.facts().template();
    if (template == null || !template.metadata().personalUse().personalised()) {
      return GateAnswer.pass();
    }
    boolean refused = question.customer().consents().refusesAnywhere(Purpose.PERSONALISATION);
    Map<String, String> inputs = Map.of("personalised", "yes", "refused", refused ? "yes" : "no");
    return refused
        ? GateAnswer.withhold(WithheldReason.PERSONALISATION_REFUSED, inputs)
        : GateAnswer.pass(inputs);
  }
}
