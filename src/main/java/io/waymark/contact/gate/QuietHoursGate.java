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
    Instant opens = question.policy().opensAt(channel.get(), purpose.get(), question.now());
    if (opens.isAfter(question.now())) {
      return GateAnswer.defer(opens, WithheldReason.QUIET_HOURS, Map.of("opens", opens.toString()));
    }
    // Service alerts are exempt, but that one was used must be seen in the verdict.
    boolean covered =
        question.policy().hours().stream()
            .anyMatch(
                hours ->
                    hours.channels().contains(channel.get())
                        && hours.purposes().contains(purpose.get()));
    return GateAnswer.pass(Map.of("state", covered ? "open" : "exempt"));
  }
}
