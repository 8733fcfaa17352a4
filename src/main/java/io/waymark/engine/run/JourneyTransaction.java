package io.waymark.engine.run;

import io.waymark.journey.Leaving;
import io.waymark.journey.NodeVisits.Departure;
import io.waymark.journey.NodeVisits.Place;
import io.waymark.journey.NodeVisits.Visit;
import io.waymark.journey.Participation;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * What one database transaction knows and has seen of journeys: the participations it moves, whose
 * customers it has locked, and the node facts it writes in bulk just before it commits. A rollback
 * drops it all.
 */
final class JourneyTransaction implements TransactionSynchronization {

  private final JourneyBooks books;
  private final Map<Long, Participation> participations = new HashMap<>();
  private final Set<Long> starting = new HashSet<>();
  private final Set<Long> overtaken = new HashSet<>();
  private final Map<Place, Integer> visitsHere = new HashMap<>();
  private final Map<Place, Visit> open = new LinkedHashMap<>();
  private final Map<Place, String> outcomes = new HashMap<>();
  private final List<Visit> finished = new ArrayList<>();
  private final List<Departure> departures = new ArrayList<>();
  private final Map<Place, Integer> earlierVisits = new HashMap<>();
  private final Map<Long, Leaving> leavings = new LinkedHashMap<>();
  private final List<BegunWait> begun = new ArrayList<>();

  JourneyTransaction(JourneyBooks books) {
    this.books = books;
  }

  void know(Participation participation) {
    participations.put(participation.id(), participation);
  }

  @Nullable Participation known(long participationId) {
    return participations.get(participationId);
  }

  /**
   * Notes an instance about to be started.
   *
   * @param eventsSince whether events came after the one that let the customer in
   */
  void starting(Participation participation, boolean eventsSince) {
    know(participation);
    starting.add(participation.id());
    if (eventsSince) {
      overtaken.add(participation.id());
    }
  }

  /** Whether no event can have come before the wait the participation is reaching now. */
  boolean nothingHappenedYet(long participationId) {
    return starting.contains(participationId) && !overtaken.contains(participationId);
  }

  boolean isStarting(long participationId) {
    return starting.contains(participationId);
  }

  void entered(Participation participation, String node, OffsetDateTime at) {
    Place place = new Place(participation.id(), node);
    visitsHere.merge(place, 1, Integer::sum);
    books.entered(participation, node);
    open.put(
        place,
        new Visit(
            participation.id(),
            participation.journeyVersionId(),
            participation.branch(),
            node,
            at,
            null,
            null));
  }

  /** Visits of the node begun in this transaction, the present one included. */
  int visitsHere(long participationId, String node) {
    return visitsHere.getOrDefault(new Place(participationId, node), 0);
  }

  void outcome(long participationId, String node, String outcome) {
    outcomes.put(new Place(participationId, node), outcome);
  }

  void left(long participationId, String node, OffsetDateTime at, String otherwise) {
    Place place = new Place(participationId, node);
    String outcome = Objects.requireNonNullElse(outcomes.remove(place), otherwise);
    Visit visit = open.remove(place);
    books.ends(participationId, node, outcome, visit == null);
    if (visit == null) {
      departures.add(new Departure(participationId, node, at, outcome));
    } else {
      finished.add(
          new Visit(
              visit.participationId(),
              visit.journeyVersionId(),
              visit.branch(),
              node,
              visit.enteredAt(),
              at,
              outcome));
    }
  }

  /** What a gateway waited for has come: its visit ended by going on, not by an interruption. */
  void wentOn(long participationId, String gateway) {
    departures.replaceAll(
        one ->
            one.participationId() == participationId && one.node().equals(gateway)
                ? new Departure(participationId, gateway, one.leftAt(), "done")
                : one);
    finished.replaceAll(
        one ->
            one.participationId() == participationId && one.node().equals(gateway)
                ? new Visit(
                    participationId,
                    one.journeyVersionId(),
                    one.branch(),
                    gateway,
                    one.enteredAt(),
                    one.leftAt(),
                    "done")
                : one);
  }

  /** Notes why the participation will leave; what is named last counts, a goal stays. */
  void leaving(long participationId, String reason, @Nullable String goal) {
    leavings.merge(
        participationId,
        new Leaving(participationId, reason, goal, null),
        (before, now) ->
            new Leaving(
                participationId, reason, goal == null ? before.goal() : goal, before.otherwise()));
  }

  /** Notes that the instance of the participation has ended. */
  void ended(long participationId, String otherwise) {
    leavings.merge(
        participationId,
        new Leaving(participationId, null, null, otherwise),
        (before, now) -> new Leaving(participationId, before.reason(), before.goal(), otherwise));
  }

  private boolean ended(long participationId) {
    Leaving leaving = leavings.get(participationId);
    return leaving != null && leaving.otherwise() != null;
  }

  /** Notes a wait whose event may have come before it. */
  void begins(BegunWait wait) {
    begun.add(wait);
  }

  /** Visits of the node in earlier transactions, if they were counted. */
  @Nullable Integer earlierVisits(long participationId, String node) {
    return earlierVisits.get(new Place(participationId, node));
  }

  void earlierVisits(long participationId, String node, int visits) {
    earlierVisits.put(new Place(participationId, node), visits);
  }

  @Override
  public void beforeCommit(boolean readOnly) {
    List<Visit> visits = new ArrayList<>(finished);
    visits.addAll(open.values());
    if (!visits.isEmpty() || !departures.isEmpty()) {
      books.walked(departures, visits);
    }
    if (!leavings.isEmpty()) {
      books.left(leavings.values(), participations);
    }
    List<BegunWait> standing =
        begun.stream().filter(wait -> !ended(wait.participation().id())).toList();
    if (!standing.isEmpty()) {
      books.waiting(standing);
    }
  }
}
