package io.waymark.contact;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one place where a message ends: outcome, outbox row, place under the caps, evidence and the
 * event the journey waits for commit together, and each message passes here once.
 */
@Component
class Settlement {

  static final String SOURCE = "contact";

  private final StoredMessages messages;
  private final Outbox outbox;
  private final Reservations reservations;
  private final EvidenceLog evidence;
  private final CustomerEvents events;
  private final Fallbacks fallbacks;
  private final GateTraces traces;

  Settlement(
      StoredMessages messages,
      Outbox outbox,
      Reservations reservations,
      EvidenceLog evidence,
      CustomerEvents events,
      Fallbacks fallbacks,
      GateTraces traces) {
    this.traces = traces;
    this.messages = messages;
    this.outbox = outbox;
    this.reservations = reservations;
    this.evidence = evidence;
    this.events = events;
    this.fallbacks = fallbacks;
  }

  /** Settles messages; one that was settled before is left alone. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void settle(List<Settling> settlings, Instant now) {
    if (settlings.isEmpty()) {
      return;
    }
    Map<UUID, Settling> byId =
        settlings.stream().collect(Collectors.toMap(Settling::messageId, Function.identity()));
    List<StoredMessages.Stored> settled = messages.settle(settlings, now);
    outbox.remove(byId.keySet());
    reservations.release(
        settled.stream()
            .map(StoredMessages.Stored::messageId)
            .filter(id -> settlingOf(byId, id).outcome().neverLeft())
            .toList());
    evidence.appendAll(
        settled.stream().map(one -> proof(one, settlingOf(byId, one.messageId()))).toList());
    settled.forEach(
        one ->
            traces.settled(one, settlingOf(byId, one.messageId()).outcome().code(), eventId(one)));
    Set<UUID> silent = notTheEnd(settled, byId, now);
    events.record(
        settled.stream()
            .filter(one -> !silent.contains(one.messageId()))
            .map(one -> event(one, settlingOf(byId, one.messageId()), now))
            .toList());
  }

  /** Messages behind which another text goes: their journeys wait on. */
  private Set<UUID> notTheEnd(
      List<StoredMessages.Stored> settled, Map<UUID, Settling> byId, Instant now) {
    List<Fallbacks.Ended> ended =
        settled.stream()
            .filter(one -> one.intent() != null)
            .map(one -> ended(settlingOf(byId, one.messageId())))
            .toList();
    return ended.isEmpty() ? Set.of() : fallbacks.ended(ended, now);
  }

  private static Fallbacks.Ended ended(Settling settling) {
    Settling.Outcome outcome = settling.outcome();
    return new Fallbacks.Ended(
        settling.messageId(),
        outcome == Settling.Outcome.DELIVERED || outcome == Settling.Outcome.SENT,
        outcome == Settling.Outcome.UNKNOWN,
        WithheldReason.SUPERSEDED.code().equals(settling.reason()));
  }

  private static Settling settlingOf(Map<UUID, Settling> byId, UUID id) {
    Settling settling = byId.get(id);
    if (settling == null) {
      throw new IllegalStateException("settled a message nobody named: " + id);
    }
    return settling;
  }

  private static EvidenceEntry proof(StoredMessages.Stored message, Settling settling) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("outcome", settling.outcome().code());
    facts.put("journey", message.request().journeyKey());
    facts.put("channel", message.channel().code());
    facts.put("bodyHash", message.bodyHash());
    putIfKnown(facts, "reason", settling.reason());
    putIfKnown(facts, "gate", settling.gate());
    return new EvidenceEntry(
        EvidenceKind.MESSAGE_SETTLED,
        "message:" + message.messageId(),
        message.request().customerId(),
        message.request().branch(),
        "system",
        facts);
  }

  private static InternalEvent event(
      StoredMessages.Stored message, Settling settling, Instant now) {
    Map<String, Object> properties = properties(message);
    properties.put("outcome", settling.outcome().code());
    putIfKnown(properties, "reason", settling.reason());
    return new InternalEvent(
        SOURCE,
        eventId(message),
        message.request().customerId(),
        message.request().branch(),
        "message.settled",
        now,
        properties);
  }

  private static String eventId(StoredMessages.Stored message) {
    return Objects.requireNonNullElse(message.intent(), message.messageId()) + ":settled";
  }

  /** What every event about a message says. */
  static Map<String, Object> properties(StoredMessages.Stored message) {
    Map<String, Object> properties = new HashMap<>();
    // A journey knows the first message of a course, whichever of them the event is about.
    properties.put(
        "messageId", Objects.requireNonNullElse(message.intent(), message.messageId()).toString());
    if (message.intent() != null) {
      properties.put("sentAs", message.messageId().toString());
    }
    properties.put("template", message.request().template());
    properties.put("channel", message.channel().code());
    properties.put("journey", message.request().journeyKey());
    properties.put("node", message.request().node());
    putIfKnown(properties, "participationId", message.request().participationId());
    putIfKnown(properties, "product", message.request().product());
    return properties;
  }

  private static void putIfKnown(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
