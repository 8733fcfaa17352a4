package io.waymark.journey.migration;

import io.waymark.journey.JourneyRefusedException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How far approved plans are, and what people do about that: stop, go on, try again, give up. */
@Component
public class MigrationRuns {

  private final JdbcClient jdbc;
  private final PlanRow row;
  private final MigrationPlans plans;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  MigrationRuns(
      JdbcClient jdbc,
      PlanRow row,
      MigrationPlans plans,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.row = row;
    this.plans = plans;
    this.events = events;
    this.clock = clock;
  }

  /** A plan may have work to do now. */
  public record MigrationDue() {}

  /** Stops a plan at once; the batch in hand is finished first. */
  @Transactional
  public void stop(long id, String by) {
    MigrationPlans.must(
        jdbc.sql(
                """
                update migration_plan set status = 'stopped', stopped_by = :by, next_at = null
                 where id = :id and status in ('approved', 'running')
                """)
            .param("by", by)
            .param("id", id)
            .update());
    plans.prove(plans.get(id), "stopped", by);
  }

  /** Lets a stopped plan go on; nothing of it may have changed. */
  @Transactional
  public void resume(long id, String by) {
    MigrationPlan plan = plans.get(id);
    plans.target(plans.version(plan.fromVersionId()), plan.toVersionId());
    MigrationPlans.must(
        jdbc.sql(
                """
                update migration_plan
                   set status = 'running', stopped_by = null, next_at = :now, finished_at = null
                 where id = :id and status = 'stopped' and decided_hash = hash
                """)
            .param("now", PlanRow.at(clock.instant()))
            .param("id", id)
            .update());
    plans.prove(plan, "resumed", by);
    events.publishEvent(new MigrationDue());
  }

  /** Gives a stopped plan up: who was moved stays moved. */
  @Transactional
  public void giveUp(long id, String by) {
    MigrationPlans.must(
        jdbc.sql(
                """
                update migration_plan set status = 'done', finished_at = :now
                 where id = :id and status = 'stopped'
                """)
            .param("now", PlanRow.at(clock.instant()))
            .param("id", id)
            .update());
    plans.prove(plans.get(id), "given_up", by);
  }

  /** Tries once more whom a finished or stopped plan could not move. */
  @Transactional
  public void retryFailed(long id, String by) {
    MigrationPlan plan = plans.get(id);
    plans.target(plans.version(plan.fromVersionId()), plan.toVersionId());
    try {
      MigrationPlans.must(
          jdbc.sql(
                  """
                  update migration_plan
                     set status = 'running', next_at = :now, finished_at = null, stopped_by = null
                   where id = :id and status in ('done', 'stopped') and decided_hash = hash
                  """)
              .param("now", PlanRow.at(clock.instant()))
              .param("id", id)
              .update());
    } catch (DuplicateKeyException another) {
      throw new JourneyRefusedException("another_runs", "该版本已有另一个迁移在进行，请先等它完成或停止并撤销它。");
    }
    jdbc.sql("delete from migration_failure where plan_id = :id").param("id", id).update();
    plans.prove(plan, "retried", by);
    events.publishEvent(new MigrationDue());
  }

  /** Locks the plan whose next wave is due longest, unless another node has it in hand. */
  @Transactional(propagation = Propagation.MANDATORY)
  Optional<MigrationPlan> lockDue(@Nullable Long only) {
    return jdbc.sql(
            PlanRow.SELECT
                + """
                 where status in ('approved', 'running') and next_at <= :now
                   and (:only::bigint is null or id = :only)
                 order by next_at, id limit 1 for update skip locked
                """)
        .param("now", PlanRow.at(clock.instant()))
        .param("only", only, Types.BIGINT)
        .query(row::read)
        .optional();
  }

  /** Notes how far a locked plan has come. */
  @Transactional(propagation = Propagation.MANDATORY)
  void progressed(MigrationPlan plan, int moved, int tried) {
    int left = (plan.waveLeft() == 0 ? plan.settings().waveSize() : plan.waveLeft()) - tried;
    Instant next =
        left > 0 ? clock.instant() : clock.instant().plusSeconds(plan.settings().pauseSeconds());
    jdbc.sql(
            """
            update migration_plan
               set status = 'running', started_at = coalesce(started_at, :now), moved = moved + :moved,
                   wave_left = :left, next_at = :next
             where id = :id
            """)
        .param("now", PlanRow.at(clock.instant()))
        .param("moved", moved)
        .param("left", Math.max(0, left))
        .param("next", PlanRow.at(next))
        .param("id", plan.id())
        .update();
    if (plan.startedAt() == null) {
      plans.prove(plan, "started", plan.author());
    }
  }

  /** Ends a locked plan that has nobody left to try. */
  @Transactional(propagation = Propagation.MANDATORY)
  void finished(MigrationPlan plan) {
    jdbc.sql(
            """
            update migration_plan
               set status = 'done', started_at = coalesce(started_at, :now), finished_at = :now,
                   next_at = null, wave_left = 0
             where id = :id
            """)
        .param("now", PlanRow.at(clock.instant()))
        .param("id", plan.id())
        .update();
    plans.prove(plan, "done", plan.author());
  }
}
