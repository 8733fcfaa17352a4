package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import java.util.Map;

/** Nobody is contacted about whom nothing is known, an erased customer included. */
final class KnownCustomerGate implements Gate {

  @Override
  public String code() {
    return "customer";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    return question.facts().customer() == null
        ? GateAnswer.withhold(WithheldReason.CUSTOMER_UNKNOWN, Map.of("known", "no"))
        : GateAnswer.pass(Map.of("known", "yes"));
  }
}
