package io.waymark.journey.migration;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.OverdueHandling;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.journey.migration.MigrationEngine.Order;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the customers of approved plans, a batch per transaction. Who is still to be moved is asked
 * of the participations each time, so that a crash loses nothing and nobody goes twice. A batch
 * that fails is rolled back whole and its customers go one by one; who fails alone is listed with
 * the reason and holds up nobody.
 */
@Component
public class MigrationWork {

  private static final Logger log = LoggerFactory.getLogger(MigrationWork.class);
  private static final int BATCH = 50;
  private static final int ATTEMPTS = 3;

  private final MigrationRuns runs;
  private final MigrationMembers members;
  private final MigrationEngine engine;
  private final JourneyVersions versions;
  private final Participations participations;
  private final NodeVisits visits;
  private final TransactionTemplate transaction;
  private final Clock clock;

  MigrationWork(
      MigrationRuns runs,
      MigrationMembers members,
      MigrationEngine engine,
      JourneyVersions versions,
      Participations participations,
      NodeVisits visits,
      TransactionTemplate transaction,
      Clock clock) {
    this.runs = runs;
    this.members = members;
    this.engine = engine;
    this.versions = versions;
    this.participations = participations;
    this.visits = visits;
    this.transaction = transaction;
    this.clock = clock;
  }

  private static final class BatchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient MigrationPlan plan;
    private final transient List<Long> ids;

    private BatchFailed(MigrationPlan plan, List<Long> ids, RuntimeException cause) {
      super(cause);
      this.plan = plan;
      this.ids = ids;
    }
  }

  /**
   * Moves the next batch of whichever plan is due.
   *
   * @return customers tried, plans finished included; 0 when nothing is due
   */
  public int runNext() {
    return run(null);
  }

  /** The same for one plan. */
  int run(@Nullable Long only) {
    try {
      Integer done = transaction.execute(status -> batch(only));
      return done == null ? 0 : done;
    } catch (BatchFailed failed) {
      log.info(
          "{} customers could not be migrated together, trying one by one: {}",
          failed.ids.size(),
          String.valueOf(failed.getCause()));
      failed.ids.forEach(id -> alone(failed.plan, id));
      return failed.ids.size();
    }
  }

  private int batch(@Nullable Long only) {
    Optional<MigrationPlan> due = runs.lockDue(only);
    if (due.isEmpty()) {
      return 0;
    }
    MigrationPlan plan = due.get();
    int room = plan.waveLeft() == 0 ? plan.settings().waveSize() : plan.waveLeft();
    List<Long> ids = members.next(plan, Math.min(BATCH, room));
    if (ids.isEmpty()) {
      runs.finished(plan);
      return 1;
    }
    try {
      move(plan, ids);
    } catch (RuntimeException failure) {
      throw new BatchFailed(plan, ids, failure);
    }
    return ids.size();
  }

  private void move(MigrationPlan plan, List<Long> ids) {
    Map<Long, String> left = engine.migrate(order(plan), ids);
    left.forEach((id, reason) -> fail(plan, id, reason));
    runs.progressed(plan, ids.size() - left.size(), ids.size());
  }

  private void alone(MigrationPlan plan, long id) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction.executeWithoutResult(
            status -> runs.lockDue(plan.id()).ifPresent(locked -> move(locked, List.of(id))));
        return;
      } catch (RuntimeException failure) {
        if (attempt < ATTEMPTS && engine.passing(failure)) {
          continue;
        }
        String why = engine.why(failure, order(plan));
        transaction.executeWithoutResult(
            status ->
                runs.lockDue(plan.id())
                    .ifPresent(
                        locked -> {
                          fail(locked, id, why);
                          runs.progressed(locked, 0, 1);
                        }));
        return;
      }
    }
  }

  private void fail(MigrationPlan plan, long id, String reason) {
    Participation one = participations.find(id).orElseThrow();
    members.failed(plan.id(), one, visits.open(List.of(id)).getOrDefault(id, List.of()), reason);
  }

  private Order order(MigrationPlan plan) {
    MigrationSettings settings = plan.settings();
    Integer minutes = settings.spreadMinutes();
    return new Order(
        plan.id(),
        version(plan.fromVersionId()),
        version(plan.toVersionId()),
        settings.map(),
        settings.timers(),
        new OverdueHandling(
            settings.overdue(),
            settings.overdue() == OverdueChoice.SPREAD && minutes != null
                ? Duration.ofMinutes(minutes)
                : null,
            clock.instant(),
            plan.author(),
            settings.reason()));
  }

  private JourneyVersion version(long id) {
    return versions.find(id).orElseThrow();
  }

  /**
   * A place where customers of a plan stand together, and whether they can go from there.
   *
   * @param nodes nodes each of them stands at
   * @param sample a participation that stands there
   * @param refusal why they cannot go, in Chinese; null when they can
   */
  public record Group(List<String> nodes, long people, long sample, @Nullable String refusal) {

    public Group {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Who stands where, and what the engine says to the move of one of each place: the move itself,
   * rolled back.
   */
  public List<Group> preview(MigrationPlan plan) {
    List<Group> groups = new ArrayList<>();
    Order order = order(plan);
    for (MigrationMembers.Standing one : members.standing(plan.fromVersionId())) {
      groups.add(new Group(one.nodes(), one.people(), one.sample(), tried(order, one.sample())));
    }
    return groups;
  }

  private @Nullable String tried(Order order, long participation) {
    try {
      return transaction.execute(
          status -> {
            status.setRollbackOnly();
            return engine.migrate(order, List.of(participation)).get(participation);
          });
    } catch (RuntimeException refused) {
      return engine.why(refused, order);
    }
  }
}
