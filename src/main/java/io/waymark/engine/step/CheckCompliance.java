package io.waymark.engine.step;

import io.waymark.contact.Allowed;
import io.waymark.contact.ContactGate;
import io.waymark.contact.ContactRequest;
import io.waymark.contact.Deferred;
import io.waymark.contact.Verdict;
import io.waymark.contact.Withheld;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Compliance review (合规检查): what would the gate say to this message now? Nothing is sent. Where the
 * step leads to an advisor's call ({@code takes=call}), what may be said takes its place under the
 * caps.
 */
@Component
class CheckCompliance extends StepForMany<Verdict> {

  private static final String TAKES = "takes";
  private static final String CALL = "call";

  private final ContactGate gate;
  private final Contacts contacts;

  CheckCompliance(
      JourneyTransactions transactions,
      StepsTogether together,
      ContactGate gate,
      Contacts contacts) {
    super(
        new StepSettings(
            "checkCompliance",
            Set.of("template"),
            Set.of("product", TAKES),
            Map.of(TAKES, Pattern.compile(CALL))),
        transactions,
        together);
    this.gate = gate;
    this.contacts = contacts;
  }

  @Override
  List<Verdict> ask(List<StepCall> calls) {
    // All of a batch stand on steps of one kind, but not always of one drawing.
    Map<Boolean, List<StepCall>> spoken =
        calls.stream().collect(Collectors.partitioningBy(CheckCompliance::leadsToCall));
    Map<StepCall, Verdict> verdicts = new IdentityHashMap<>();
    spoken.forEach(
        (call, some) -> {
          List<ContactRequest> requests = some.stream().map(contacts::request).toList();
          List<Verdict> answers = call ? gate.permitCalls(requests) : gate.check(requests);
          for (int i = 0; i < some.size(); i++) {
            verdicts.put(some.get(i), answers.get(i));
          }
        });
    return calls.stream().map(call -> Objects.requireNonNull(verdicts.get(call))).toList();
  }

  private static boolean leadsToCall(StepCall call) {
    return call.optional(TAKES).filter(CALL::equals).isPresent();
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
