package io.waymark.engine.step;

import io.waymark.contact.Allowed;
import io.waymark.contact.ContactGate;
import io.waymark.contact.Deferred;
import io.waymark.contact.Verdict;
import io.waymark.contact.Withheld;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Compliance review (合规检查): what would the gate say to this message now? Nothing is sent. */
@Component
class CheckCompliance extends StepForMany<Verdict> {

  private final ContactGate gate;
  private final Contacts contacts;

  CheckCompliance(
      JourneyTransactions transactions,
      StepsTogether together,
      ContactGate gate,
      Contacts contacts) {
    super(
        new StepSettings("checkCompliance", Set.of("template"), Set.of("product")),
        transactions,
        together);
    this.gate = gate;
    this.contacts = contacts;
  }

  @Override
  List<Verdict> ask(List<StepCall> calls) {
    return gate.check(calls.stream().map(contacts::request).toList());
  }

  @Override
  void conclude(StepCall call, Verdict verdict) {
    if (verdict instanceof Allowed) {
      call.set("verdict", "allowed");
      call.set("verdictReason", "none");
    } else if (verdict instanceof Deferred deferred) {
      call.set("verdict", "deferred");
      call.set("verdictReason", deferred.reason().code());
    } else if (verdict instanceof Withheld withheld) {
      call.set("verdict", "withheld");
      call.set("verdictReason", withheld.reason().code());
    }
  }
}
