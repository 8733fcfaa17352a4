package io.waymark.engine.run;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.Leaving;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.NodeVisits.Departure;
import io.waymark.journey.NodeVisits.Visit;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.platform.trace.Traced;
import io.waymark.platform.trace.Traces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Writes what one transaction saw of journeys, in bulk, just before it commits: a constant number
 * of statements however many customers it moved.
 */
@Component
class JourneyBooks {

  private final NodeVisits visits;
  private final Participations participations;
  private final EvidenceLog evidence;
  private final EarlierEvents earlier;
  private final Traces traces;

  JourneyBooks(
      NodeVisits visits,
      Participations participations,
      EvidenceLog evidence,
      EarlierEvents earlier,
      Traces traces) {
    this.traces = traces;
    this.earlier = earlier;
    this.visits = visits;
    this.participations = participations;
    this.evidence = evidence;
  }

  /** Tells the trace of a token on a node; it waits there unless {@link #ends} follows. */
  void entered(Participation participation, String node) {
    traces.begin(
        Traced.step(participation.id(), node),
        traces.context(Traced.participation(participation.id())),
        "journey.step",
        Map.of(
            "journey",
            participation.journeyKey(),
            "node",
            node,
            "participation",
            participation.id()));
  }

  /**
   * Tells the trace how a visit ended.
   *
   * @param earlier whether the token had come to the node in an earlier transaction
   */
  void ends(long participationId, String node, String outcome, boolean earlier) {
    String subject = Traced.step(participationId, node);
    if (earlier) {
      traces.begin(
          subject,
          traces.context(Traced.participation(participationId)),
          "journey.wait.ended",
          Map.of("node", node, "participation", participationId));
    }
    traces.tell(subject, "outcome", outcome);
  }

  void walked(List<Departure> departures, List<Visit> walked) {
    visits.write(departures, walked);
  }

  void waiting(List<BegunWait> waits) {
    earlier.look(waits);
  }

  /** Ends participations whose instances have ended, each with its proof. */
  void left(Collection<Leaving> leavings, Map<Long, Participation> known) {
    List<EvidenceEntry> entries = new ArrayList<>();
    participations
        .leave(leavings)
        .forEach((id, reason) -> entries.add(entry(Objects.requireNonNull(known.get(id)), reason)));
    if (!entries.isEmpty()) {
      evidence.appendAll(entries);
    }
  }

  private static EvidenceEntry entry(Participation participation, String reason) {
    return new EvidenceEntry(
        EvidenceKind.JOURNEY_LEFT,
        "participation:" + participation.id(),
        participation.customerId(),
        participation.branch(),
        "waymark",
        Map.of("journey", participation.journeyKey(), "reason", reason));
  }
}
