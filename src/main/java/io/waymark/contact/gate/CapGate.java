package io.waymark.contact.gate;

import io.waymark.contact.Cap;
import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * No more messages than the policy allows, over all journeys. It counts at the moment the message
 * would leave, so what waits for the morning takes a place of tomorrow.
 */
final class CapGate implements Gate {

  @Override
  public String code() {
    return "cap";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    Optional<Purpose> purpose = question.purpose();
    Optional<Channel> channel = question.channel();
    if (purpose.isEmpty() || channel.isEmpty()) {
      return GateAnswer.pass();
    }
    Instant leaves = question.policy().opensAt(channel.get(), purpose.get(), question.now());
    for (Cap cap : question.policy().capsOn(channel.get(), purpose.get())) {
      long taken = cap.taken(question.facts().counted(), leaves);
      if (taken >= cap.max()) {
        return GateAnswer.withhold(
            WithheldReason.CAP_EXCEEDED,
            Map.of(
                "cap", cap.code(),
                "taken", String.valueOf(taken),
                "max", String.valueOf(cap.max())));
      }
    }
    return GateAnswer.pass(Map.of("counted", String.valueOf(question.facts().counted().size())));
  }
}
