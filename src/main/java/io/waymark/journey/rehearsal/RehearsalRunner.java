package io.waymark.journey.rehearsal;

import io.waymark.journey.FailureReason;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceMember;
import io.waymark.segment.AudienceQuestions;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Plays audiences in the background, one after the other on this node. */
@Component
public class RehearsalRunner {

  private static final Logger log = LoggerFactory.getLogger(RehearsalRunner.class);
  private static final int PIECE = 5_000;

  private final Rehearsals rehearsals;
  private final RehearsalTheatre theatre;
  private final AudienceQuestions audiences;
  private final Clock clock;
  private final Set<Long> ours = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "rehearsals");
            made.setDaemon(true);
            return made;
          });

  RehearsalRunner(
      Rehearsals rehearsals, RehearsalTheatre theatre, AudienceQuestions audiences, Clock clock) {
    this.rehearsals = rehearsals;
    this.theatre = theatre;
    this.audiences = audiences;
    this.clock = clock;
  }

  /**
   * Begins a rehearsal and answers at once.
   *
   * @param scope branches whose customers take part
   * @return its id
   * @throws RehearsalRefusedException when it cannot be played as asked
   */
  public long start(RehearsalWish wish, BranchScope scope, String actor) {
    long id = rehearsals.begin(wish, scope, actor);
    ours.add(id);
    thread.execute(() -> play(id, wish, scope));
    return id;
  }

  /** Says of those that wait for their turn, too, that their node is there. */
  @Scheduled(fixedDelay = 30_000)
  void stillHere() {
    rehearsals.stillThere(List.copyOf(ours));
  }

  private void play(long id, RehearsalWish wish, BranchScope scope) {
    try {
      if (rehearsals.beat(id, 0)) {
        throw new RehearsalRefusedException("预演已取消。");
      }
      Cast cast = cast(id, wish, scope);
      List<Figures> figures = new ArrayList<>();
      int all = wish.versionIds().size();
      for (long version : wish.versionIds()) {
        int before = figures.size();
        Ear ear = new Ear(id);
        figures.add(
            theatre.play(
                Script.of(version),
                cast,
                share -> ear.heard((before + share) / all),
                () -> ear.cancelled));
      }
      rehearsals.done(id, figures);
    } catch (RehearsalRefusedException refused) {
      rehearsals.ended(id, refused.getMessage());
    } catch (RuntimeException failure) {
      log.error("Rehearsal {} failed", id, failure);
      rehearsals.ended(id, "预演出错：" + FailureReason.of(failure));
    } finally {
      ours.remove(id);
    }
  }

  /** Tells the progress, and hears whether somebody wants an end. */
  private final class Ear {

    private final long id;
    private volatile boolean cancelled;

    private Ear(long id) {
      this.id = id;
    }

    private void heard(double progress) {
      cancelled = rehearsals.beat(id, progress);
    }
  }

  /** All members, or those whose numbers drawn by the seed are smallest: a random sample. */
  private Cast cast(long id, RehearsalWish wish, BranchScope scope) {
    Instant now = clock.instant();
    Assumptions assumed = wish.assumptions();
    PriorityQueue<Drawn> smallest =
        new PriorityQueue<>(Comparator.comparingDouble(Drawn::number).reversed());
    long[] population = new long[1];
    audiences.members(
        wish.audience(),
        scope,
        now,
        PIECE,
        members -> {
          population[0] += members.size();
          for (AudienceMember member : members) {
            smallest.add(new Drawn(assumed.draw(member.customerId(), "sample"), member));
            if (smallest.size() > wish.most()) {
              smallest.poll();
            }
          }
        });
    List<Cast.Player> players =
        smallest.stream()
            .map(one -> new Cast.Player(one.member().customerId(), one.member().branch()))
            .sorted(Comparator.comparingLong(Cast.Player::customerId))
            .toList();
    if (players.isEmpty()) {
      throw new RehearsalRefusedException("这个人群在您的营业部范围内此刻没有客户，请换一个人群。");
    }
    rehearsals.cast(id, population[0], players.size());
    return new Cast(players, now, wish.days(), assumed);
  }

  private record Drawn(double number, AudienceMember member) {}

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }
}
