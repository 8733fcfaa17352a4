package io.waymark.contact;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gates in their order. The first that withholds wins; a deferral is remembered while the rest
 * is asked, because a message that will be refused is not worth waiting for.
 */
public final class GateChain {

  private final List<Gate> gates;

  public GateChain(List<Gate> gates) {
    this.gates = List.copyOf(gates);
  }

  /** Asks the gates in order. */
  public Decision ask(GateQuestion question) {
    Map<String, String> inputs = new LinkedHashMap<>();
    @Nullable Deferred deferred = null;
    String deferringGate = "";
    for (Gate gate : gates) {
      GateAnswer answer = gate.ask(question);
      answer.inputs().forEach((name, value) -> inputs.put(gate.code() + "." + name, value));
      WithheldReason reason = answer.reason();
      if (reason == null) {
        continue;
      }
      Instant until = answer.until();
      if (until == null) {
        return new Decision(new Withheld(reason, gate.code(), inputs), gate.code(), inputs);
      }
      if (deferred == null) {
        deferred = new Deferred(until, reason);
        deferringGate = gate.code();
      }
    }
    return deferred == null
        ? new Decision(new Allowed(), null, inputs)
        : new Decision(deferred, deferringGate, inputs);
  }

  /**
   * What the chain decided and why.
   *
   * @param verdict the decision
   * @param gate the gate that withheld or deferred; null when allowed
   * @param inputs what all gates that were asked looked at, as {@code gate.name}
   */
  public record Decision(Verdict verdict, @Nullable String gate, Map<String, String> inputs) {

    public Decision {
      inputs = Map.copyOf(inputs);
    }

    /** The same question, withheld by a gate that came after the chain. */
    Decision withheldBy(String lateGate, WithheldReason reason, Map<String, String> lateInputs) {
      Map<String, String> all = new LinkedHashMap<>(inputs);
      lateInputs.forEach((name, value) -> all.put(lateGate + "." + name, value));
      return new Decision(new Withheld(reason, lateGate, all), lateGate, all);
    }
  }
}
