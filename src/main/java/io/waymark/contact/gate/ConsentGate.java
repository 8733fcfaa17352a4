package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.ConsentState;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Purpose by channel: marketing needs a yes, and silence is no (个人信息保护法 13-14, 广告法 43). Service and
 * education need none but end with a no (消费者权益保护法 29); the policy lists them as refusable.
 */
final class ConsentGate implements Gate {

  @Override
  public String code() {
    return "consent";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    Optional<Purpose> purpose = question.purpose();
    Optional<Channel> channel = question.channel();
    if (purpose.isEmpty() || channel.isEmpty()) {
      return GateAnswer.pass(Map.of("purpose", "unknown"));
    }
    ConsentState state =
        question.customer().consents().state(purpose.get(), channel.get(), question.now());
    Map<String, String> inputs =
        Map.of(
            "purpose", purpose.get().code(),
            "channel", channel.get().code(),
            "state", state.name().toLowerCase(Locale.ROOT));
    boolean refusalCounts =
        question.strict() || question.policy().refusable().purposes().contains(purpose.get());
    if (state == ConsentState.REFUSED && refusalCounts) {
      return GateAnswer.withhold(WithheldReason.CONSENT_REFUSED, inputs);
    }
    if (state == ConsentState.UNKNOWN && question.strict()) {
      return GateAnswer.withhold(WithheldReason.CONSENT_MISSING, inputs);
    }
    return GateAnswer.pass(inputs);
  }
}
