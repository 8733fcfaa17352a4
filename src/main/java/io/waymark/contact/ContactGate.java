package io.waymark.contact;

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
  private final Clock clock;

  ContactGate(FactsLoader facts, Judge judge, Verdicts verdicts, Clock clock) {
    this.facts = facts;
    this.judge = judge;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  /**
   * The verdict the gate would give now to each request, in the order of the requests. Writes one
   * verdict row of kind {@code check} for each request that belongs to a participation; reserves
   * nothing. Requests for one customer see each other, as they would when sent together.
   */
  @Transactional
  public List<Verdict> check(List<ContactRequest> requests) {
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
    BatchFacts batch = facts.look(requests, now);
    Map<UUID, Course> courses = new HashMap<>();
    asked.forEach(
        (id, request) -> batch.course(request, id).ifPresent(course -> courses.put(id, course)));
    List<Judged> judged = judge.choose(asked, courses, batch, now).chosen();
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
}
