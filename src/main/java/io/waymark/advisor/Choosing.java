package io.waymark.advisor;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Chooses who gets tasks: the customer's own advisor where the routing table says so, else the
 * colleague of the branch with the smallest share of the day's capacity used and, of equals, the
 * one whose last turn is longest ago; then head office where the drawing lets it; else nobody. Many
 * tasks are given away as if one came after the other, but the advisors are read once for all.
 *
 * <p>Who is chosen stays locked until the caller commits, so that parallel choices see each
 * other's. Nobody ever queues for such a lock: the caller holds customers, and waiting could close
 * a circle. Where everybody fit is being chosen by others, this one looks again a few times; then
 * it chooses without the lock, one task for each advisor at most, and leaves the rest to the pool,
 * which the watch shares out within a minute. So each parallel transaction puts one task more on
 * somebody than the capacity says, at worst.
 */
@Component
class Choosing {

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(5);

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

  /** Whether somebody who was promised a task could do it now, whatever else is in hand. */
  boolean couldTake(Question question, String advisor, Instant now) {
    return read(List.of(question), now).values().stream()
        .filter(candidate -> candidate.username().equals(advisor))
        .filter(candidate -> candidate.branch().equals(question.branch()))
        .anyMatch(candidate -> candidate.fit(question));
  }

  /** One choice for each question, in their order. */
  List<Choice> choose(List<Question> questions, Instant now) {
    Seats seats = new Seats(read(questions, now));
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Choice> choices = seats.fill(questions);
    while (!settled(seats)) {
      if (seats.othersHaveChosen()) {
        seats.lookAgain(read(questions, now));
      } else if (seats.everybodyFitIsTaken()) {
        awaitTurn(seats, end);
      }
      choices = seats.fill(questions);
    }
    roster.endOfRound(seats.inOrderOfTurns());
    return choices;
  }

  /** Whether all who were chosen are ours until the commit, and what they have in hand is known. */
  private boolean settled(Seats seats) {
    Set<String> wanted = seats.wanted();
    if (!wanted.isEmpty()) {
      seats.locked(wanted, roster.lock(wanted));
    }
    return seats.settled();
  }

  private static void awaitTurn(Seats seats, long end) {
    if (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
      seats.othersMayBeDone();
    } else {
      seats.lastResort();
    }
  }

  private Map<String, Roster.Candidate> read(List<Question> questions, Instant now) {
    return roster
        .of(
            questions.stream().map(Question::branch).collect(Collectors.toSet()),
            questions.stream().anyMatch(question -> question.needs().anywhere()),
            now,
            calendar.workResumesAt(now))
        .stream()
        .collect(Collectors.toMap(Roster.Candidate::username, one -> one));
  }
}
