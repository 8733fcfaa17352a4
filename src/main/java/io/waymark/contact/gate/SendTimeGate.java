package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can wait goes at the hour at which its customer usually looks. A histogram of his own opens,
 * clicks and logins decides, so that he can be told why.
 */
final class SendTimeGate implements Gate {

  @Override
  public String code() {
    return "send_time";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    Optional<Purpose> purpose = question.purpose();
    Optional<Channel> channel = question.channel();
    List<Integer> activity = question.facts().activity();
    if (purpose.isEmpty()
        || channel.isEmpty()
        || activity == null
        || question.policy().sendTimeOn(channel.get(), purpose.get()).isEmpty()) {
      return GateAnswer.pass();
    }
    Map<String, String> inputs = new HashMap<>();
    inputs.put("seen", String.valueOf(Leaving.sum(activity)));
    Optional<Leaving.Best> best = Leaving.bestHour(question, channel.get(), purpose.get());
    if (best.isEmpty()) {
      inputs.put("hour", "unknown");
      return GateAnswer.pass(inputs);
    }
    inputs.put("hour", String.valueOf(best.get().hour()));
    inputs.put("times", String.valueOf(best.get().times()));
    return best.get().at().isAfter(question.now())
        ? GateAnswer.defer(best.get().at(), WithheldReason.SEND_TIME, inputs)
        : GateAnswer.pass(inputs);
  }
}
