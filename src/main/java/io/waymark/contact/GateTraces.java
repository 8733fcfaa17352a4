package io.waymark.contact;

import io.waymark.platform.trace.Traced;
import io.waymark.platform.trace.Traces;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells traces what became of messages: judged, judged again, reported, settled. */
@Component
class GateTraces {

  private final Traces traces;

  GateTraces(Traces traces) {
    this.traces = traces;
  }

  /**
   * Messages just judged, as part of the step that asked.
   *
   * @return where the trace of each goes on; empty while none is followed
   */
  Map<UUID, String> judged(List<Judged> judged) {
    Map<UUID, String> contexts = new HashMap<>();
    for (Judged one : judged) {
      String context = judged(one, asking(one.request()), "message.gate");
      if (context != null) {
        contexts.put(one.messageId(), context);
      }
    }
    return contexts;
  }

  private @Nullable String asking(ContactRequest request) {
    Long participation = request.participationId();
    if (participation == null) {
      return null;
    }
    String step = traces.context(Traced.step(participation, request.node()));
    return step == null ? traces.context(Traced.participation(participation)) : step;
  }

  /** Messages judged once more before they leave. */
  void judgedAgain(Collection<Judged> judged, Map<UUID, StoredMessages.Stored> stored) {
    for (Judged one : judged) {
      StoredMessages.Stored message = stored.get(one.messageId());
      judged(one, message == null ? null : message.trace(), "message.dispatch");
    }
  }

  private @Nullable String judged(Judged one, @Nullable String parent, String name) {
    String subject = Traced.message(one.messageId());
    String context =
        traces.begin(
            subject,
            parent,
            name,
            Map.of(
                "message", one.messageId(),
                "template", one.textCode(),
                "node", one.request().node(),
                "verdict", one.verdict().getClass().getSimpleName()));
    if (one.verdict() instanceof Withheld withheld) {
      traces.tell(subject, "reason", withheld.reason().code());
      traces.tell(subject, "gate", withheld.gate());
    }
    return context;
  }

  /** What a provider reported of a message; the event it becomes belongs to the same trace. */
  void reported(StoredMessages.Stored message, String kind, String eventId) {
    follow(message, "message.receipt", Map.of("message", message.messageId(), "kind", kind));
    passOn(message, eventId);
  }

  /** How a message ended; the event its journey waits for belongs to the same trace. */
  void settled(StoredMessages.Stored message, String outcome, String eventId) {
    follow(message, "message.settled", Map.of("message", message.messageId(), "outcome", outcome));
    passOn(message, eventId);
  }

  private void follow(StoredMessages.Stored message, String name, Map<String, ?> attributes) {
    String here = traces.context(Traced.message(message.messageId()));
    traces.begin(
        Traced.message(message.messageId()),
        here == null ? message.trace() : here,
        name,
        attributes);
  }

  private void passOn(StoredMessages.Stored message, String eventId) {
    traces.carry(
        Traced.arriving(Settlement.SOURCE, eventId),
        traces.context(Traced.message(message.messageId())));
  }
}
