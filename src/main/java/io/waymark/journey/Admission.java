package io.waymark.journey;

import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.experiment.Assignments;
import io.waymark.journey.WaitingEnrolments.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
   * @param admitted into which version, each in the order they came
   */
  record Decision(
      Map<Long, String> refused,
      Map<Long, Waiting> held,
      Map<JourneyVersion, List<Enrolment>> admitted) {}

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
    Decision decision = new Decision(new HashMap<>(), new HashMap<>(), new LinkedHashMap<>());
    List<Enrolment> inside = inside(wishes, version);
    admit(inside, version, decision);
    if (inside.size() < wishes.size()) {
      outside(without(wishes, inside), version, decision);
    }
    return decision;
  }

  /** Those outside the share enter the version before, as far as that one was given to them. */
  private void outside(List<Enrolment> wishes, JourneyVersion version, Decision decision) {
    Optional<JourneyVersion> before = versions.yielding(version.key());
    List<Enrolment> others = before.map(one -> inside(wishes, one)).orElse(List.of());
    before.ifPresent(one -> admit(others, one, decision));
    List<Enrolment> waiting = without(wishes, others);
    decision.refused().putAll(participations.refusals(waiting, version.settings()));
    waiting.stream()
        .filter(wish -> !decision.refused().containsKey(wish.id()))
        .forEach(
            wish -> {
              if (heldOut(wish, version)) {
                decision.refused().put(wish.id(), "held_out");
              } else {
                decision.held().put(wish.id(), waiting(WaitingEnrolments.RAMP, wish, version));
              }
            });
  }

  private void admit(List<Enrolment> wishes, JourneyVersion version, Decision decision) {
    Map<Long, String> refused = decision.refused();
    refused.putAll(participations.refusals(wishes, version.settings()));
    Set<Long> entering = new HashSet<>();
    decision.admitted().values().stream()
        .flatMap(List::stream)
        .forEach(wish -> entering.add(wish.customerId()));
    List<Enrolment> admitted = new ArrayList<>();
    Places.Free free = places.lock(version);
    for (Enrolment wish : wishes) {
      if (refused.containsKey(wish.id())) {
        continue;
      }
      if (heldOut(wish, version)) {
        refused.put(wish.id(), "held_out");
      } else if (entering.contains(wish.customerId())) {
        refused.put(wish.id(), "already_in");
      } else if (entering.size() >= free.now()) {
        decision.held().put(wish.id(), waiting(noPlace(free, entering.size()), wish, version));
      } else {
        entering.add(wish.customerId());
        admitted.add(wish);
      }
    }
    decision.admitted().put(version, admitted);
  }

  private List<Enrolment> inside(List<Enrolment> wishes, JourneyVersion version) {
    return wishes.stream().filter(wish -> step(wish, version) < version.share()).toList();
  }

  private static List<Enrolment> without(List<Enrolment> wishes, List<Enrolment> others) {
    Set<Long> gone = others.stream().map(Enrolment::id).collect(Collectors.toSet());
    return wishes.stream().filter(wish -> !gone.contains(wish.id())).toList();
  }

  private int step(Enrolment wish, JourneyVersion version) {
    return assignments.rampStep(version.key(), version.version(), wish.customerId());
  }

  private Waiting waiting(String reason, Enrolment wish, JourneyVersion version) {
    return new Waiting(reason, step(wish, version));
  }

  private boolean heldOut(Enrolment wish, JourneyVersion version) {
    return assignments.heldOut(
        version.key(), wish.customerId(), version.settings().holdoutPercent());
  }

  private static String noPlace(Places.Free free, int taken) {
    return taken >= free.inside() ? WaitingEnrolments.FULL : WaitingEnrolments.FULL_TODAY;
  }

  private static Decision refuseAll(List<Enrolment> wishes, String reason) {
    Map<Long, String> refused = new HashMap<>();
    wishes.forEach(wish -> refused.put(wish.id(), reason));
    return new Decision(refused, Map.of(), Map.of());
  }

  private Decision holdAll(List<Enrolment> wishes, JourneyVersion version) {
    Map<Long, Waiting> held = new HashMap<>();
    wishes.forEach(wish -> held.put(wish.id(), waiting(WaitingEnrolments.PAUSED, wish, version)));
    return new Decision(Map.of(), held, Map.of());
  }
}
