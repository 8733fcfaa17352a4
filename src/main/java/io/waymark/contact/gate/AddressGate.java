package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import java.util.Map;

/** Somebody without an address on the channel cannot be reached by it. */
final class AddressGate implements Gate {

  @Override
  public String code() {
    return "address";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    return question.facts().addressKnown()
        ? GateAnswer.pass(Map.of("known", "yes"))
        : GateAnswer.withhold(WithheldReason.ADDRESS_MISSING, Map.of("known", "no"));
  }
}
