package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** At night messages wait for the morning; they are never dropped. */
final class QuietHoursGate implements Gate {

  @Override
  public String code() {
    return "quiet_hours";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    Optional<Purpose> purpose = question.purpose();
    Optional<Channel> channel = question.channel();
    if (purpose.isEmpty() || channel.isEmpty()) {
      return GateAnswer.pass();
    }
    Instant opens = Leaving.opens(question, channel.get(), purpose.get(), question.now());
    String zone = question.facts().days().zone().getId();
    if (opens.isAfter(question.now())) {
      return GateAnswer.defer(
          opens, WithheldReason.QUIET_HOURS, Map.of("opens", opens.toString(), "zone", zone));
    }
    // Service alerts are exempt, but that one was used must be seen in the verdict.
    boolean covered = !question.policy().hoursOn(channel.get(), purpose.get()).isEmpty();
    return GateAnswer.pass(Map.of("state", covered ? "open" : "exempt", "zone", zone));
  }
}
