package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.platform.Channel;
import java.util.Map;

/** A channel without a provider takes nothing: better said at once than queued for ever. */
final class ChannelGate implements Gate {

  @Override
  public String code() {
    return "channel";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    Map<String, String> inputs =
        Map.of(
            "channel",
            question.channel().map(Channel::code).orElse("unknown"),
            "open",
            question.facts().channelOpen() ? "yes" : "no");
    return question.facts().channelOpen()
        ? GateAnswer.pass(inputs)
        : GateAnswer.withhold(WithheldReason.CHANNEL_STOPPED, inputs);
  }
}
