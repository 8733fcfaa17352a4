package io.waymark.contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The gates in their order. The first that withholds wins; a deferral is remembered while the rest
 * is asked, because a message that will be refused is not worth waiting for; of two the later
 * counts.
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
    List<UUID> displaced = new ArrayList<>();
    for (Gate gate : gates) {
      GateAnswer answer = gate.ask(question);
      answer.inputs().forEach((name, value) -> inputs.put(gate.code() + "." + name, value));
      displaced.addAll(answer.displaced());
      WithheldReason reason = answer.reason();
      if (reason == null) {
        continue;
      }
      Instant until = answer.until();
      if (until == null) {
        return new Decision(
            new Withheld(reason, gate.code(), inputs), gate.code(), inputs, List.of());
      }
      if (deferred == null || until.isAfter(deferred.until())) {
        deferred = new Deferred(until, reason);
        deferringGate = gate.code();
      }
    }
    return deferred == null
        ? new Decision(new Allowed(), null, inputs, displaced)
        : new Decision(deferred, deferringGate, inputs, displaced);
  }

  /** What every gate says by itself, in order, those behind the first refusal included. */
  public List<Asked> askEach(GateQuestion question) {
    boolean known = question.facts().customer() != null;
    return gates.stream()
        .takeWhile(gate -> known || gate.ask(question).reason() == null)
        .map(gate -> new Asked(gate.code(), gate.ask(question)))
        .toList();
  }

  /** Codes of the gates in their order. */
  List<String> codes() {
    return gates.stream().map(Gate::code).toList();
  }

  /** One gate and what it said. */
  public record Asked(String gate, GateAnswer answer) {}

  /**
   * What the chain decided and why.
   *
   * @param verdict the decision
   * @param gate the gate that withheld or deferred; null when allowed
   * @param displaced waiting messages that give way to this one
   * @param inputs what all gates that were asked looked at, as {@code gate.name}
   */
  public record Decision(
      Verdict verdict, @Nullable String gate, Map<String, String> inputs, List<UUID> displaced) {

    public Decision {
      inputs = Map.copyOf(inputs);
      displaced = List.copyOf(displaced);
    }

    /** The same question, withheld by a gate that came after the chain. */
    Decision withheldBy(String lateGate, WithheldReason reason, Map<String, String> lateInputs) {
      Map<String, String> all = new LinkedHashMap<>(inputs);
      lateInputs.forEach((name, value) -> all.put(lateGate + "." + name, value));
      return new Decision(new Withheld(reason, lateGate, all), lateGate, all, List.of());
    }
  }
}
