package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.Suppression;
import io.waymark.contact.WithheldReason;
import java.util.List;
import java.util.Map;

/** While somebody is in a pause or a cooling-off period, marketing waits for its end. */
final class SuppressionGate implements Gate {

  @Override
  public String code() {
    return "suppression";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    boolean concerned =
        question
            .purpose()
            .map(purpose -> question.policy().suppressible().purposes().contains(purpose))
            .orElse(true);
    List<Suppression> inForce =
        question.facts().suppressions().stream()
            .filter(one -> one.until().isAfter(question.now()))
            .filter(one -> one.covers(question.channel()))
            .toList();
    if (!concerned || inForce.isEmpty()) {
      return GateAnswer.pass(Map.of("active", String.valueOf(inForce.size())));
    }
    Suppression first = inForce.get(0);
    WithheldReason reason =
        switch (first.reason()) {
          case "cooling_off" -> WithheldReason.COOLING_OFF;
          case "abuse_hold" -> WithheldReason.ABUSE_HOLD;
          default -> WithheldReason.SUPPRESSED;
        };
    String list = first.list();
    return GateAnswer.withhold(
        reason,
        Map.of(
            "reason", first.reason(),
            "until", first.until().toString(),
            "list", list == null ? "none" : list));
  }
}
