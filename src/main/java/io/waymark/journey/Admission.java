package io.waymark.journey;

import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.experiment.Assignments;
import io.waymark.journey.WaitingEnrolments.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Decides about a batch of wishes: who enters now, who never, and who must wait outside. */
@Component
class Admission {

  private final Participations participations;
  private final JourneyVersions versions;
  private final Assignments assignments;
  private final Places places;

  Admission(
      Participations participations,
      JourneyVersions versions,
      Assignments assignments,
      Places places) {
    this.participations = participations;
    this.versions = versions;
    this.assignments = assignments;
    this.places = places;
  }

  /**
   * A decision about a batch.
   *
   * @param refused reason code by enrolment id
   * @param held by enrolment id
   * @param admitted in the order they came
   */
  record Decision(Map<Long, String> refused, Map<Long, Waiting> held, List<Enrolment> admitted) {}

  Decision decide(List<Enrolment> wishes, JourneyVersion version, StandingRecalls standing) {
    if (standing.holds(version.key())) {
      return refuseAll(wishes, "journey_recalled");
    }
    if (version.status() == JourneyStatus.PAUSED) {
      return holdAll(wishes, version);
    }
    if (!versions.isOpen(version)) {
      return refuseAll(wishes, "journey_not_live");
    }
    Map<Long, String> refused = new HashMap<>(participations.refusals(wishes, version.settings()));
    Map<Long, Waiting> held = new HashMap<>();
    List<Enrolment> admitted = new ArrayList<>();
    Set<Long> entering = new HashSet<>();
    Places.Free free = places.lock(version);
    for (Enrolment wish : wishes) {
      if (refused.containsKey(wish.id())) {
        continue;
      }
      int step = assignments.rampStep(version.key(), version.version(), wish.customerId());
      if (assignments.heldOut(
          version.key(), wish.customerId(), version.settings().holdoutPercent())) {
        refused.put(wish.id(), "held_out");
      } else if (entering.contains(wish.customerId())) {
        refused.put(wish.id(), "already_in");
      } else if (step >= version.share()) {
        held.put(wish.id(), new Waiting(WaitingEnrolments.RAMP, step));
      } else if (admitted.size() >= free.now()) {
        held.put(wish.id(), new Waiting(noPlace(free, admitted.size()), step));
      } else {
        entering.add(wish.customerId());
        admitted.add(wish);
      }
    }
    return new Decision(refused, held, admitted);
  }

  private static String noPlace(Places.Free free, int taken) {
    return taken >= free.inside() ? WaitingEnrolments.FULL : WaitingEnrolments.FULL_TODAY;
  }

  private static Decision refuseAll(List<Enrolment> wishes, String reason) {
    Map<Long, String> refused = new HashMap<>();
    wishes.forEach(wish -> refused.put(wish.id(), reason));
    return new Decision(refused, Map.of(), List.of());
  }

  private Decision holdAll(List<Enrolment> wishes, JourneyVersion version) {
    Map<Long, Waiting> held = new HashMap<>();
    wishes.forEach(
        wish ->
            held.put(
                wish.id(),
                new Waiting(
                    WaitingEnrolments.PAUSED,
                    assignments.rampStep(version.key(), version.version(), wish.customerId()))));
    return new Decision(Map.of(), held, List.of());
  }
}
