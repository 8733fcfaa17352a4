package io.waymark.contact;

import io.waymark.channel.AddressedMessage;
import io.waymark.contact.link.Links;
import io.waymark.contact.link.Outgoing;
import io.waymark.content.Rendered;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.crypto.CustomerVault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The transaction before a provider is called: rows are taken and the gates are asked once more.
 * Consent may be gone since the message was claimed, and a night, an approval or a product may have
 * ended. {@code sending} is committed for what is called at once, and for the others when their
 * turn comes.
 */
@Component
class Departures {

  private final Outbox outbox;
  private final StoredMessages messages;
  private final FactsLoader facts;
  private final Judge judge;
  private final Verdicts verdicts;
  private final EvidenceLog evidence;
  private final Reservations reservations;
  private final Settlement settlement;
  private final InAppMessages inApp;
  private final Links links;
  private final CustomerVault vault;
  private final GateTraces traces;
  private final ContactSettings settings;
  private final Clock clock;

  Departures(
      Outbox outbox,
      StoredMessages messages,
      FactsLoader facts,
      Judge judge,
      Verdicts verdicts,
      EvidenceLog evidence,
      Reservations reservations,
      Settlement settlement,
      InAppMessages inApp,
      Links links,
      CustomerVault vault,
      GateTraces traces,
      ContactSettings settings,
      Clock clock) {
    this.outbox = outbox;
    this.messages = messages;
    this.facts = facts;
    this.judge = judge;
    this.verdicts = verdicts;
    this.evidence = evidence;
    this.reservations = reservations;
    this.settlement = settlement;
    this.inApp = inApp;
    this.links = links;
    this.vault = vault;
    this.traces = traces;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Takes the next ready messages of a channel.
   *
   * @param begun how many of them are called at once
   */
  @Transactional
  public Departing prepare(Channel channel, int max, int begun) {
    Instant now = clock.instant();
    return depart(outbox.takeReady(channel, max, now), begun, now);
  }

  /** Takes one message, so that one that cannot be prepared does not hold up the others. */
  @Transactional
  public Departing prepare(UUID messageId) {
    return depart(outbox.takeReady(messageId), 1, clock.instant());
  }

  /**
   * These are called now: whoever dies from here on leaves them in doubt.
   *
   * @return the messages that are still this node's; no other may be called
   */
  @Transactional
  public Set<UUID> begin(Collection<Attempt> attempts) {
    Instant now = clock.instant();
    return outbox.begin(attempts, now.plus(settings.sendingTimeout()), now);
  }

  /** What {@link #prepare(Channel, int, int)} would take now. */
  @Transactional(readOnly = true)
  public List<UUID> next(Channel channel, int max) {
    return outbox.peekReady(channel, max, clock.instant());
  }

  /** Puts a message off that could not be prepared, and parks it after the last attempt. */
  @Transactional
  public void park(UUID messageId, String problem) {
    Instant now = clock.instant();
    int attempts = outbox.countFailure(messageId, now.plus(settings.retryAfter()), now);
    if (attempts >= settings.maxAttempts()) {
      outbox.park(messageId, problem, now);
      messages.status(List.of(messageId), "waiting", Parked.REASON, null);
    } else if (attempts > 0) {
      outbox.move(List.of(messageId), Outbox.State.LATER, now.plus(settings.pause(attempts)), now);
    }
  }

  private Departing depart(List<Outbox.Row> rows, int begun, Instant now) {
    if (rows.isEmpty()) {
      return new Departing(0, List.of(), 0);
    }
    Map<UUID, StoredMessages.Stored> stored =
        messages.load(rows.stream().map(Outbox.Row::messageId).toList());
    Map<UUID, Rendered> texts = open(stored);
    Map<UUID, ContactRequest> requests = new LinkedHashMap<>();
    Map<UUID, Judge.Frozen> frozen = new HashMap<>();
    for (Outbox.Row row : rows) {
      StoredMessages.Stored message = known(stored, row.messageId());
      requests.put(row.messageId(), message.request());
      Rendered text = texts.get(row.messageId());
      if (text != null) {
        frozen.put(row.messageId(), new Judge.Frozen(message.templateVersionId(), text));
      }
    }
    BatchFacts batch = facts.tryLock(requests.values(), now);
    // Left as they are: the next round finds them ready.
    requests.values().removeIf(request -> batch.busy(request.customerId()));
    List<Judged> judged = judge.judgeAgain(requests, frozen, batch, now);
    verdicts.append(Verdicts.Kind.DISPATCH, judged, batch.policy().version(), now);
    evidence.appendAll(
        judged.stream()
            .map(one -> Proofs.verdict(one, "dispatch", batch.policy().version()))
            .toList());
    traces.judgedAgain(judged, stored);
    withhold(judged, now);
    defer(judged, now);
    List<Departing.Call> calls = leave(rows, judged, stored, batch, begun, now);
    return new Departing(requests.size(), calls, Math.min(begun, calls.size()));
  }

  private void withhold(List<Judged> judged, Instant now) {
    List<Settling> withheld = new ArrayList<>();
    for (Judged one : judged) {
      if (one.verdict() instanceof Withheld verdict) {
        withheld.add(
            new Settling(
                one.messageId(),
                Settling.Outcome.WITHHELD,
                verdict.reason().code(),
                verdict.gate()));
      }
    }
    settlement.settle(withheld, now);
  }

  private void defer(List<Judged> judged, Instant now) {
    Map<Instant, List<UUID>> byEnd =
        judged.stream()
            .filter(one -> one.verdict() instanceof Deferred)
            .collect(
                Collectors.groupingBy(
                    one -> one.leavesAt(now),
                    Collectors.mapping(Judged::messageId, Collectors.toList())));
    byEnd.forEach(
        (end, ids) -> {
          outbox.move(ids, Outbox.State.LATER, end, now);
          messages.status(ids, "waiting", WithheldReason.QUIET_HOURS.code(), end);
          reservations.countFrom(ids, end);
        });
  }

  private List<Departing.Call> leave(
      List<Outbox.Row> rows,
      List<Judged> judged,
      Map<UUID, StoredMessages.Stored> stored,
      BatchFacts batch,
      int begun,
      Instant now) {
    Map<UUID, Judged> allowed =
        judged.stream()
            .filter(one -> one.verdict() instanceof Allowed)
            .collect(Collectors.toMap(Judged::messageId, Function.identity()));
    if (allowed.isEmpty()) {
      return List.of();
    }
    reservations.countFrom(allowed.keySet(), now);
    List<Outbox.Row> leaving =
        rows.stream().filter(row -> allowed.containsKey(row.messageId())).toList();
    if (leaving.get(0).channel() == Channel.IN_APP) {
      place(allowed, now);
      return List.of();
    }
    outbox.take(leaving, begun, now.plus(settings.sendingTimeout()), now);
    List<AddressedMessage> dressed =
        links.dress(
            leaving.stream()
                .map(row -> outgoing(row, known(allowed, row.messageId()), batch, now))
                .toList());
    List<Departing.Call> calls = new ArrayList<>();
    for (int i = 0; i < leaving.size(); i++) {
      Outbox.Row row = leaving.get(i);
      calls.add(
          new Departing.Call(
              new Attempt(row, row.attempts() + 1),
              dressed.get(i),
              known(stored, row.messageId()).trace()));
    }
    return calls;
  }

  private static Outgoing outgoing(Outbox.Row row, Judged one, BatchFacts batch, Instant now) {
    return new Outgoing(
        addressed(one, batch),
        row.customerId(),
        row.branch(),
        one.purpose(),
        row.createdAt(),
        batch.agreed(row.customerId(), Purpose.PERSONALISATION, row.channel(), now));
  }

  private void place(Map<UUID, Judged> allowed, Instant now) {
    inApp.place(allowed.keySet(), now, now.plus(settings.inAppValidity()));
    settlement.settle(
        allowed.keySet().stream().map(id -> Settling.of(id, Settling.Outcome.DELIVERED)).toList(),
        now);
  }

  private static AddressedMessage addressed(Judged one, BatchFacts batch) {
    String address = batch.address(one.channel(), one.request().customerId());
    if (address == null) {
      throw new IllegalStateException("passed the address gate without an address");
    }
    return new AddressedMessage(
        one.messageId(),
        one.channel(),
        address,
        one.frozen().subject(),
        one.frozen().body(),
        Map.of());
  }

  private Map<UUID, Rendered> open(Map<UUID, StoredMessages.Stored> stored) {
    Map<UUID, Rendered> texts = new HashMap<>();
    FrozenTexts.open(vault, stored.values())
        .forEach(
            (id, text) ->
                texts.put(
                    id, new Rendered(text.subject(), text.body(), known(stored, id).bodyHash())));
    return texts;
  }

  private static <T> T known(Map<UUID, T> all, UUID id) {
    T one = all.get(id);
    if (one == null) {
      throw new IllegalStateException("outbox names a message that is not there: " + id);
    }
    return one;
  }
}
