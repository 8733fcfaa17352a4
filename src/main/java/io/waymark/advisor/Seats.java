package io.waymark.advisor;

import io.waymark.advisor.Choosing.Choice;
import io.waymark.advisor.Choosing.Question;
import io.waymark.advisor.Roster.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places one transaction has to give: who could take a task, what each has in hand with what is
 * being given now, and whom other transactions are choosing at this moment. Tasks are placed in
 * memory, as often as it takes until everybody chosen could be locked.
 */
final class Seats {

  private static final Comparator<Seat> LEAST_LOADED =
      Comparator.comparingDouble(Seat::share).thenComparingLong(seat -> seat.turn);

  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final Map<String, List<Seat>> branches = new HashMap<>();
  private final Set<String> ours = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private final LinkedHashSet<String> chosen = new LinkedHashSet<>();
  private boolean stale;
  private boolean lost;
  private boolean blocked;
  private boolean lastResort;
  private long turns;

  /** One advisor with what is being given now. */
  private static final class Seat {

    private final Candidate candidate;
    private long given;
    private long turn;

    private Seat(Candidate candidate) {
      this.candidate = candidate;
      this.turn = candidate.turn();
    }

    private boolean full() {
      return candidate.load() + given >= candidate.capacity();
    }

    private double share() {
      return (double) (candidate.load() + given) / candidate.capacity();
    }
  }

  Seats(Map<String, Candidate> candidates) {
    lookAgain(candidates);
  }

  /** Takes what was read anew; who is ours stays ours. */
  void lookAgain(Map<String, Candidate> candidates) {
    stale = false;
    seats.clear();
    branches.clear();
    candidates.values().stream()
        .sorted(Comparator.comparing(Candidate::username))
        .forEach(
            candidate -> {
              Seat seat = new Seat(candidate);
              seats.put(candidate.username(), seat);
              branches.computeIfAbsent(candidate.branch(), any -> new ArrayList<>()).add(seat);
            });
  }

  /** Places all tasks in their order, forgetting how they were placed before. */
  List<Choice> fill(List<Question> questions) {
    lost = false;
    blocked = false;
    chosen.clear();
    seats.values().forEach(seat -> seat.given = 0);
    seats.values().forEach(seat -> seat.turn = seat.candidate.turn());
    turns = seats.values().stream().mapToLong(seat -> seat.turn).max().orElse(0);
    return questions.stream().map(this::place).toList();
  }

  private Choice place(Question question) {
    RoutingReason reason = reason(question);
    if (reason == RoutingReason.OWN_ADVISOR) {
      Seat own = seats.get(question.own());
      if (free(own)) {
        return give(own, reason);
      }
      blocked = true;
      reason = RoutingReason.OWN_FULL;
    }
    Optional<Seat> colleague = least(question, seat -> home(seat, question));
    if (colleague.isPresent()) {
      return give(colleague.get(), reason);
    }
    Optional<Seat> elsewhere = least(question, seat -> !home(seat, question));
    return elsewhere.isPresent()
        ? give(elsewhere.get(), RoutingReason.HEAD_OFFICE)
        : new Choice(null, RoutingReason.POOL);
  }

  private Choice give(Seat seat, RoutingReason reason) {
    String username = seat.candidate.username();
    seat.given++;
    seat.turn = ++turns;
    chosen.remove(username);
    chosen.add(username);
    return new Choice(username, reason);
  }

  private Optional<Seat> least(Question question, Predicate<Seat> where) {
    List<Seat> fit =
        asked(question)
            .filter(where)
            .filter(seat -> !question.not().contains(seat.candidate.username()))
            .filter(seat -> seat.candidate.fit(question) && !seat.full())
            .toList();
    Optional<Seat> least = fit.stream().filter(this::free).min(LEAST_LOADED);
    blocked |= least.isEmpty() && !fit.isEmpty();
    return least;
  }

  private Stream<Seat> asked(Question question) {
    return question.needs().anywhere()
        ? seats.values().stream()
            .filter(seat -> home(seat, question) || seat.candidate.headOffice())
        : branches.getOrDefault(question.branch(), List.of()).stream();
  }

  private static boolean home(Seat seat, Question question) {
    return seat.candidate.branch().equals(question.branch());
  }

  /** At last somebody whom others are choosing as well may be given one task. */
  private boolean free(@Nullable Seat seat) {
    return seat != null
        && (!taken.contains(seat.candidate.username()) || lastResort && seat.given == 0);
  }

  private RoutingReason reason(Question question) {
    if (!question.ownFirst()) {
      return RoutingReason.SHARED_OUT;
    }
    String own = question.own();
    return own == null ? RoutingReason.NO_OWN_ADVISOR : aboutOwn(question, seats.get(own));
  }

  private static RoutingReason aboutOwn(Question question, @Nullable Seat own) {
    if (own == null
        || question.not().contains(own.candidate.username())
        || !home(own, question) && !(question.needs().anywhere() && own.candidate.headOffice())) {
      return RoutingReason.OWN_UNAVAILABLE;
    }
    if (!own.candidate.qualified(question.qualification(), question.needs())) {
      return RoutingReason.OWN_UNQUALIFIED;
    }
    if (!own.candidate.licensed()) {
      return RoutingReason.OWN_LICENCE_EXPIRED;
    }
    if (!own.candidate.present()) {
      return RoutingReason.OWN_ABSENT;
    }
    return own.full() ? RoutingReason.OWN_FULL : RoutingReason.OWN_ADVISOR;
  }

  /** Who was chosen and is neither ours nor known to be taken. */
  Set<String> wanted() {
    Set<String> wanted = new LinkedHashSet<>(chosen);
    wanted.removeAll(ours);
    wanted.removeAll(taken);
    return wanted;
  }

  /**
   * Notes who of those wanted could be locked, with the turn each had by then: another turn than
   * was read means that others have chosen that advisor since.
   */
  void locked(Set<String> wanted, Map<String, Long> turnsNow) {
    for (String username : wanted) {
      Long turn = turnsNow.get(username);
      if (turn == null) {
        taken.add(username);
        lost = true;
      } else {
        ours.add(username);
        stale |= turn != seats.get(username).candidate.turn();
      }
    }
  }

  /** Whether the last filling can stand. */
  boolean settled() {
    return !stale && !lost && (lastResort || !blocked);
  }

  boolean othersHaveChosen() {
    return stale;
  }

  /** Whether a task found nobody free though others could take it but for their lock. */
  boolean everybodyFitIsTaken() {
    return blocked && !lost;
  }

  void othersMayBeDone() {
    taken.clear();
  }

  void lastResort() {
    lastResort = true;
  }

  /** Who is ours and was given something, the last one given last. */
  List<String> inOrderOfTurns() {
    return chosen.stream().filter(ours::contains).toList();
  }
}
