package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.Purpose;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Deceased, restricted, blacklisted or complaining customers get only what their status allows. */
final class LegalStatusGate implements Gate {

  @Override
  public String code() {
    return "legal_status";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    LegalStatus status = question.customer().legalStatus();
    Map<String, String> inputs = Map.of("status", status.name().toLowerCase(Locale.ROOT));
    Set<Purpose> allowed = question.policy().allowedBy(status);
    boolean passes = question.purpose().map(allowed::contains).orElse(status == LegalStatus.NORMAL);
    return passes
        ? GateAnswer.pass(inputs)
        : GateAnswer.withhold(WithheldReason.LEGAL_STATUS, inputs);
  }
}
