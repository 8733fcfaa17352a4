package io.waymark.contact;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.Sealable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only way a message comes into being: claim, gates, frozen text, verdict, outbox and evidence
 * commit with the step of the journey that asked.
 */
@Component
public class MessageSender {

  private static final String CAP_GATE = "cap";

  private final Claims claims;
  private final FactsLoader facts;
  private final Judge judge;
  private final Verdicts verdicts;
  private final StoredMessages messages;
  private final Outbox outbox;
  private final Reservations reservations;
  private final Settlement settlement;
  private final Fallbacks fallbacks;
  private final CustomerVault vault;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final GateTraces traces;
  private final Clock clock;

  MessageSender(
      Claims claims,
      FactsLoader facts,
      Judge judge,
      Verdicts verdicts,
      StoredMessages messages,
      Outbox outbox,
      Reservations reservations,
      Settlement settlement,
      Fallbacks fallbacks,
      CustomerVault vault,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      GateTraces traces,
      Clock clock) {
    this.claims = claims;
    this.facts = facts;
    this.judge = judge;
    this.verdicts = verdicts;
    this.messages = messages;
    this.outbox = outbox;
    this.reservations = reservations;
    this.settlement = settlement;
    this.fallbacks = fallbacks;
    this.vault = vault;
    this.evidence = evidence;
    this.events = events;
    this.traces = traces;
    this.clock = clock;
  }

  /**
   * Sends each request at most once, ever. No network; a constant number of statements whatever the
   * number of requests. Customers are locked in ascending order of their id, so a caller that sends
   * several times in one transaction does it in that order too.
   *
   * @return one result for each request, in their order
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<SendResult> send(List<ContactRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    // The id carries milliseconds, and the row is found by the moment in the id.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<@Nullable UUID> claimed = claims.take(requests, now);
    Map<UUID, ContactRequest> fresh = new LinkedHashMap<>();
    List<ContactRequest> taken = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      UUID id = claimed.get(i);
      if (id == null) {
        taken.add(requests.get(i));
      } else {
        fresh.put(id, requests.get(i));
      }
    }
    Map<UUID, Judged> judged = fresh.isEmpty() ? Map.of() : decide(fresh, null, now);
    Map<Claims.Key, Claims.Standing> standing = taken.isEmpty() ? Map.of() : claims.standing(taken);
    List<SendResult> results = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      UUID id = claimed.get(i);
      Judged own = id == null ? null : judged.get(id);
      results.add(own == null ? before(standing, requests.get(i)) : result(own));
    }
    return results;
  }

  /**
   * Says the next text of a course, or the first of those left that may go. Claims for itself.
   *
   * @param request names the next text and a node of its own
   */
  @Transactional(propagation = Propagation.MANDATORY)
  SendResult follow(ContactRequest request, Course course) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    UUID id = claims.take(List.of(request), now).get(0);
    Judged judged = id == null ? null : decide(Map.of(id, request), course, now).get(id);
    if (judged == null) {
      return before(claims.standing(List.of(request)), request);
    }
    return result(judged);
  }

  private Map<UUID, Judged> decide(
      Map<UUID, ContactRequest> fresh, @Nullable Course given, Instant now) {
    BatchFacts batch =
        facts.lock(
            given == null
                ? fresh.values()
                : fresh.values().stream()
                    .flatMap(request -> given.texts().stream().map(request::in))
                    .toList(),
            now);
    ContactPolicy policy = batch.policy();
    Map<UUID, Course> courses = new HashMap<>();
    fresh.forEach(
        (id, request) -> {
          Optional<Course> own = given == null ? batch.course(request, id) : Optional.of(given);
          own.ifPresent(course -> courses.put(id, course));
        });
    Judge.Choice choice = judge.choose(fresh, courses, batch, now);
    List<Judged> judged = choice.chosen();
    verdicts.append(Verdicts.Kind.CHECK, choice.tried(), policy.version(), now);
    List<Judged> passed = judged.stream().filter(one -> !one.withheld()).toList();
    verdicts.append(Verdicts.Kind.SEND, judged, policy.version(), now);
    giveWay(displaced(passed), now);
    Map<UUID, String> traced = traces.judged(judged);
    messages.insertAll(sealed(passed, courses), traced, policy.version(), now);
    fallbacks.plant(passed, courses, now);
    outbox.insertAll(passed.stream().map(one -> row(one, now)).toList(), now);
    reservations.reserve(
        passed.stream().filter(one -> one.capped(policy)).map(one -> place(one, now)).toList());
    evidence.appendAll(judged.stream().flatMap(one -> proofs(one, policy).stream()).toList());
    if (!passed.isEmpty()) {
      events.publishEvent(new OutboxFilled());
    }
    Map<UUID, Judged> byId = new HashMap<>();
    judged.forEach(one -> byId.put(one.messageId(), one));
    return byId;
  }

  /** Locks the rows first, as whoever else settles does. */
  private void giveWay(List<Settling> displaced, Instant now) {
    if (!displaced.isEmpty()) {
      outbox.lock(displaced.stream().map(Settling::messageId).toList());
      settlement.settle(displaced, now);
    }
  }

  /** Waiting messages that gave their place away; their journeys hear of it as of any end. */
  private static List<Settling> displaced(List<Judged> passed) {
    return passed.stream()
        .flatMap(one -> one.decision().displaced().stream())
        .map(
            id ->
                new Settling(
                    id, Settling.Outcome.WITHHELD, WithheldReason.PREEMPTED.code(), CAP_GATE))
        .toList();
  }

  private List<StoredMessages.Fresh> sealed(List<Judged> passed, Map<UUID, Course> courses) {
    if (passed.isEmpty()) {
      return List.of();
    }
    List<Sealable> texts = new ArrayList<>();
    for (Judged one : passed) {
      texts.add(new Sealable(one.request().customerId(), one.frozen().body()));
      String subject = one.frozen().subject();
      if (subject != null) {
        texts.add(new Sealable(one.request().customerId(), subject));
      }
    }
    List<byte[]> bytes = vault.sealAll(texts);
    List<StoredMessages.Fresh> fresh = new ArrayList<>();
    int next = 0;
    for (Judged one : passed) {
      byte[] body = bytes.get(next++);
      byte[] subject = one.frozen().subject() == null ? null : bytes.get(next++);
      Course course = courses.get(one.messageId());
      fresh.add(
          new StoredMessages.Fresh(one, subject, body, course == null ? null : course.intent()));
    }
    return fresh;
  }

  private static Outbox.Row row(Judged one, Instant now) {
    return new Outbox.Row(
        one.messageId(),
        now,
        one.request().customerId(),
        one.request().branch(),
        one.channel(),
        one.request().priority(),
        0,
        one.leavesAt(now),
        now);
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

  private static List<EvidenceEntry> proofs(Judged one, ContactPolicy policy) {
    EvidenceEntry verdict = Proofs.verdict(one, "send", policy.version());
    return one.withheld() ? List.of(verdict) : List.of(verdict, Proofs.claim(one));
  }

  private static SendResult result(Judged judged) {
    if (judged.verdict() instanceof Withheld withheld) {
      return new NotSent(withheld);
    }
    return new Sent(judged.messageId(), judged.verdict() instanceof Deferred);
  }

  private static SendResult before(
      Map<Claims.Key, Claims.Standing> standing, ContactRequest request) {
    Claims.Standing claim = standing.get(Claims.Key.of(request));
    if (claim == null) {
      throw new IllegalStateException("claim refused, yet nobody holds it: " + request.node());
    }
    Withheld withheld = claim.withheld();
    return withheld == null ? new AlreadySent(claim.messageId()) : new NotSent(withheld);
  }
}
