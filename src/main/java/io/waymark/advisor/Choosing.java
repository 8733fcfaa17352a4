package io.waymark.advisor;

import io.waymark.advisor.Roster.Candidate;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Chooses who gets a task: the customer's own advisor where the routing table says so, else the
 * colleague of the branch with the smallest share of the day's capacity used and, of equals, the
 * one whose last turn is longest ago; then head office where the drawing lets it; else nobody.
 */
@Component
class Choosing {

  private final Roster roster;
  private final ExchangeCalendar calendar;

  Choosing(Roster roster, ExchangeCalendar calendar) {
    this.roster = roster;
    this.calendar = calendar;
  }

  /** Somebody, or nobody with {@link RoutingReason#POOL}. */
  record Choice(@Nullable String advisor, RoutingReason reason) {}

  /**
   * What is to be given away.
   *
   * @param own the customer's own advisor, or null
   * @param not who must not get it: who refused it or holds it already
   */
  record Question(
      String branch,
      @Nullable String qualification,
      TaskNeeds needs,
      @Nullable String own,
      Collection<String> not,
      boolean ownFirst) {}

  Choice choose(Question question, Instant now) {
    List<Candidate> candidates =
        roster
            .of(
                question.branch(),
                question.qualification(),
                question.needs(),
                now,
                calendar.workResumesAt(now))
            .stream()
            .filter(candidate -> !question.not().contains(candidate.username()))
            .toList();
    RoutingReason reason = reason(question, candidates);
    String own = question.own();
    if (reason == RoutingReason.OWN_ADVISOR && own != null) {
      roster.lockFirst(List.of(own));
      return new Choice(own, reason);
    }
    String colleague = leastLoaded(candidates, true, now);
    if (colleague != null) {
      return new Choice(colleague, reason);
    }
    String elsewhere = leastLoaded(candidates, false, now);
    return elsewhere == null
        ? new Choice(null, RoutingReason.POOL)
        : new Choice(elsewhere, RoutingReason.HEAD_OFFICE);
  }

  private static RoutingReason reason(Question question, List<Candidate> candidates) {
    if (!question.ownFirst()) {
      return RoutingReason.SHARED_OUT;
    }
    String own = question.own();
    return own == null ? RoutingReason.NO_OWN_ADVISOR : aboutOwn(own, candidates);
  }

  private static RoutingReason aboutOwn(String own, List<Candidate> candidates) {
    Optional<Candidate> found =
        candidates.stream().filter(candidate -> candidate.username().equals(own)).findFirst();
    if (found.isEmpty()) {
      return RoutingReason.OWN_UNAVAILABLE;
    }
    Candidate advisor = found.get();
    if (!advisor.qualified()) {
      return RoutingReason.OWN_UNQUALIFIED;
    }
    if (!advisor.licensed()) {
      return RoutingReason.OWN_LICENCE_EXPIRED;
    }
    if (!advisor.present()) {
      return RoutingReason.OWN_ABSENT;
    }
    return advisor.full() ? RoutingReason.OWN_FULL : RoutingReason.OWN_ADVISOR;
  }

  private @Nullable String leastLoaded(List<Candidate> candidates, boolean home, Instant now) {
    List<String> fit =
        new ArrayList<>(
            candidates.stream()
                .filter(candidate -> candidate.fit() && candidate.home() == home)
                .sorted(
                    Comparator.comparingDouble(Candidate::share).thenComparingLong(Candidate::turn))
                .map(Candidate::username)
                .toList());
    while (!fit.isEmpty()) {
      Optional<String> locked = roster.lockFirst(fit);
      if (locked.isEmpty() || roster.hasRoom(locked.get(), now)) {
        return locked.orElse(fit.get(0));
      }
      fit.remove(locked.get());
    }
    return null;
  }
}
