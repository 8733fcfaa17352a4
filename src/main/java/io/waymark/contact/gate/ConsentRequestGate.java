package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who refused is not asked for the same consent again and again (网络数据安全管理条例 22(5)). */
final class ConsentRequestGate implements Gate {

  @Override
  public String code() {
    return "consent_request";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    TemplateVersion template = question.facts().template();
    Purpose asked = template == null ? null : template.metadata().personalUse().asksConsent();
    if (asked == null) {
      return GateAnswer.pass();
    }
    Optional<Instant> refused = question.customer().consents().lastRefusal(asked);
    int days = question.policy().consentRequest().coolDownDays();
    Map<String, String> inputs =
        Map.of(
            "asks", asked.code(),
            "refused", refused.map(Instant::toString).orElse("never"),
            "cool_down_days", String.valueOf(days));
    boolean again =
        refused.filter(at -> question.now().isBefore(at.plus(Duration.ofDays(days)))).isPresent();
    return again
        ? GateAnswer.withhold(WithheldReason.CONSENT_ASKED_AGAIN, inputs)
        : GateAnswer.pass(inputs);
  }
}
