package io.waymark.contact;

import io.waymark.evidence.EvidenceLog;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the whole chain of gates, rendering and scan included, without sending: the
 * compliance-review step of a journey and the question "why not" of a screen.
 */
@Component
public class ContactGate {

  private final FactsLoader facts;
  private final Judge judge;
  private final Verdicts verdicts;
  private final Reservations reservations;
  private final EvidenceLog evidence;
  private final Clock clock;

  ContactGate(
      FactsLoader facts,
      Judge judge,
      Verdicts verdicts,
      Reservations reservations,
      EvidenceLog evidence,
      Clock clock) {
    this.facts = facts;
    this.judge = judge;
    this.verdicts = verdicts;
    this.reservations = reservations;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * The verdict the gate would give now to each request, in the order of the requests. Writes one
   * verdict row of kind {@code check} for each request that belongs to a participation; reserves
   * nothing. Requests for one customer see each other, as they would when sent together.
   */
  @Transactional
  public List<Verdict> check(List<ContactRequest> requests) {
    return ask(requests, false);
  }

  /**
   * As {@link #check}, for calls that advisors are to make now: what may be said takes its place
   * under the caps and is proved, as a message that is sent would be. Customers are locked in
   * ascending order.
   *
   * @param requests each names a text of channel {@code phone}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Verdict> permitCalls(List<ContactRequest> requests) {
    return ask(requests, true);
  }

  private List<Verdict> ask(List<ContactRequest> requests, boolean calls) {
    if (requests.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Map<UUID, ContactRequest> asked = new LinkedHashMap<>();
    List<UUID> order = new ArrayList<>();
    for (ContactRequest request : requests) {
      UUID id = MessageIds.next(now);
      asked.put(id, request);
      order.add(id);
    }
    BatchFacts batch = calls ? facts.lockForCalls(requests, now) : facts.look(requests, now);
    Map<UUID, Course> courses = new HashMap<>();
    asked.forEach(
        (id, request) -> batch.course(request, id).ifPresent(course -> courses.put(id, course)));
    List<Judged> judged = judge.choose(asked, courses, batch, now).chosen();
    if (calls) {
      reservations.reserve(
          judged.stream()
              .filter(one -> !one.withheld() && one.capped(batch.policy()))
              .map(one -> place(one, now))
              .toList());
      evidence.appendAll(
          judged.stream()
              .map(one -> Proofs.verdict(one, "call", batch.policy().version()))
              .toList());
    }
    verdicts.append(
        Verdicts.Kind.CHECK,
        judged.stream().filter(one -> one.request().participationId() != null).toList(),
        batch.policy().version(),
        now);
    Map<UUID, Judged> byId =
        judged.stream().collect(Collectors.toMap(Judged::messageId, Function.identity()));
    return order.stream()
        .flatMap(id -> Stream.ofNullable(byId.get(id)))
        .map(Judged::verdict)
        .toList();
  }

  private static Reservations.Reservation place(Judged one, Instant now) {
    return new Reservations.Reservation(
        one.request().customerId(),
        one.request().branch(),
        one.messageId(),
        one.channel(),
        one.purpose(),
        one.leavesAt(now),
        one.request().priority());
  }
}
