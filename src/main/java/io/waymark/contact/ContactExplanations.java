package io.waymark.contact;

import io.waymark.contact.ContactExplanation.Basis;
import io.waymark.contact.ContactExplanation.Saying;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers why somebody would, or would not, get a text: now, with its rendering and scan, or at a
 * past moment from what history is kept. Nothing is written and nothing reserved.
 */
@Component
public class ContactExplanations {

  /**
   * Gates whose facts are kept with their dates: suppressions, messages that counted, hours, what
   * the customer looked at, which text was approved. The others read the customer as he is today.
   */
  private static final Set<String> DATED =
      Set.of("suppression", "cap", "quiet_hours", "send_time", "content");

  private final FactsLoader facts;
  private final GateChain chain;
  private final Judge judge;
  private final Verdicts verdicts;
  private final Clock clock;

  ContactExplanations(
      FactsLoader facts,
      @Qualifier("messageGates") GateChain chain,
      Judge judge,
      Verdicts verdicts,
      Clock clock) {
    this.facts = facts;
    this.chain = chain;
    this.judge = judge;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  /**
   * Explains one text for one customer.
   *
   * @param product code of the product it is about; null when it is about none
   * @param at the moment asked about; null, or a moment to come, for now
   */
  @Transactional(readOnly = true)
  public ContactExplanation explain(
      long customerId,
      String branch,
      String template,
      @Nullable String product,
      @Nullable Instant at) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean past = at != null && at.isBefore(now);
    Instant moment = past && at != null ? at : now;
    ContactRequest request =
        new ContactRequest(
            customerId, branch, null, "why", "why", 1, template, product, 50, Map.of());
    List<ContactRequest> one = List.of(request);
    BatchFacts batch = past ? facts.lookBack(one, moment) : facts.look(one, moment);
    UUID id = MessageIds.next(moment);
    ContactFacts known = batch.of(request, id);
    GateQuestion question = new GateQuestion(request, known, batch.policy(), moment);
    List<Saying> sayings = new ArrayList<>(sayings(question, past));
    Verdict verdict =
        past ? chain.ask(question).verdict() : read(id, request, batch, moment, sayings);
    return new ContactExplanation(
        moment,
        past,
        known.template(),
        verdict,
        batch.policy().version(),
        sayings,
        verdicts.last(customerId, template, moment).orElse(null));
  }

  /**
   * Tells again what each gate said when a verdict was given, from what was kept with it: the gates
   * that were asked, in their order. Behind one that withheld none was asked, unless it read the
   * finished text.
   */
  public List<Saying> retell(VerdictRecord verdict) {
    List<String> codes = new ArrayList<>(chain.codes());
    String stopped = verdict.outcome().equals("withheld") ? verdict.gate() : null;
    int last = stopped == null ? codes.size() : codes.indexOf(stopped);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      if (last < 0 || i <= last || !of(codes.get(i), verdict.inputs()).isEmpty()) {
        asked.add(codes.get(i));
      }
    }
    if (stopped != null && last < 0) {
      asked.add(stopped);
    } else if (stopped == null && verdict.rulePack() != null) {
      asked.add(Composer.SCAN);
    }
    String reason = verdict.reason();
    return asked.stream()
        .map(
            gate -> {
              boolean spoke = reason != null && gate.equals(verdict.gate());
              return new Saying(
                  gate,
                  spoke ? WithheldReason.of(reason) : null,
                  spoke ? verdict.until() : null,
                  of(gate, verdict.inputs()),
                  Basis.HISTORY);
            })
        .toList();
  }

  private List<Saying> sayings(GateQuestion question, boolean past) {
    return chain.askEach(question).stream()
        .map(
            asked ->
                new Saying(
                    asked.gate(),
                    asked.answer().reason(),
                    asked.answer().until(),
                    asked.answer().inputs(),
                    !past || DATED.contains(asked.gate()) ? Basis.HISTORY : Basis.TODAY))
        .toList();
  }

  /** Judges as a sending would, and adds what rendering and scan said. */
  private Verdict read(
      UUID id, ContactRequest request, BatchFacts batch, Instant now, List<Saying> sayings) {
    Judged judged = judge.judge(Map.of(id, request), batch, now).get(0);
    Set<String> gates = sayings.stream().map(Saying::gate).collect(Collectors.toSet());
    if (judged.verdict() instanceof Withheld withheld) {
      if (!gates.contains(withheld.gate())) {
        sayings.add(
            new Saying(
                withheld.gate(),
                withheld.reason(),
                null,
                of(withheld.gate(), withheld.inputs()),
                Basis.HISTORY));
      }
    } else {
      String pack = judged.rulePack();
      sayings.add(
          new Saying(
              Composer.SCAN,
              null,
              null,
              pack == null ? Map.of() : Map.of("pack", pack),
              Basis.HISTORY));
    }
    return judged.verdict();
  }

  /** The inputs of one gate under their own names. */
  private static Map<String, String> of(String gate, Map<String, String> inputs) {
    return inputs.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(gate + "."))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(gate.length() + 1), Map.Entry::getValue));
  }
}
