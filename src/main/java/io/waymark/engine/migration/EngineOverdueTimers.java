package io.waymark.engine.migration;

import io.waymark.engine.run.EngineCommands;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.MoveHistory;
import io.waymark.journey.MoveHistory.Act;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.OverdueHandling;
import io.waymark.journey.OverdueTimer;
import io.waymark.journey.OverdueTimers;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Overdue timers as jobs of the engine. A held timer is the same job, {@value #HELD_YEARS} years
 * later: nothing that suspends and activates jobs wakes it, and its own hour can be read from it
 * exactly, because the calendar repeats after 400 years.
 */
@Component
class EngineOverdueTimers implements OverdueTimers {

  static final int HELD_YEARS = 4000;

  private static final Instant NO_REAL_TIMER = Instant.parse("5000-01-01T00:00:00Z");

  private static final String FROM =
      """
        from participation p
        join act_ru_job j on j.process_instance_id_ = p.process_instance_id
        join act_ru_jobdef d on d.id_ = j.job_def_id_
       where p.left_at is null and j.type_ = 'timer'
      """;

  private static final String OVERDUE =
      FROM
          + """
          and j.duedate_ <= :asOf and j.retries_ > 0
          and (j.lock_exp_time_ is null or j.lock_exp_time_ <= :asOf)
          """;

  private static final String HELD = FROM + " and j.duedate_ >= :asOf ";

  private static final String SELECT =
      """
      select j.id_ as job_id, p.id, p.customer_id, p.branch, p.journey_key, p.journey_version_id,
             d.act_id_ as timer, j.duedate_ as due
      """;

  private static final String SCOPE =
      " and p.journey_key = :journey and (:everywhere or p.branch = any(:branches)) ";

  private final JdbcClient jdbc;
  private final DrawnVersions drawings;
  private final Participations participations;
  private final JourneyTransactions transactions;
  private final MoveHistory history;
  private final ManagementService management;
  private final EngineCommands commands;

  EngineOverdueTimers(
      JdbcClient jdbc,
      DrawnVersions drawings,
      Participations participations,
      JourneyTransactions transactions,
      MoveHistory history,
      ManagementService management,
      EngineCommands commands) {
    this.jdbc = jdbc;
    this.drawings = drawings;
    this.participations = participations;
    this.transactions = transactions;
    this.history = history;
    this.management = management;
    this.commands = commands;
  }

  private record Job(String id, OverdueTimer timer) {}

  @Override
  public long count(String journeyKey, Instant asOf) {
    return jdbc.sql("select count(*) " + OVERDUE + " and p.journey_key = :journey")
        .param("asOf", Timestamp.from(asOf))
        .param("journey", journeyKey)
        .query(Long.class)
        .single();
  }

  @Override
  public List<OverdueTimer> list(
      String journeyKey, BranchScope scope, Instant asOf, int offset, int most) {
    return page(OVERDUE, journeyKey, scope, asOf, offset, most);
  }

  @Override
  public List<OverdueTimer> held(String journeyKey, BranchScope scope, int offset, int most) {
    return page(HELD, journeyKey, scope, NO_REAL_TIMER, offset, most);
  }

  private List<OverdueTimer> page(
      String from, String journeyKey, BranchScope scope, Instant asOf, int offset, int most) {
    return jdbc
        .sql(SELECT + from + SCOPE + " order by j.duedate_, p.id offset :offset limit :most")
        .param("asOf", Timestamp.from(asOf))
        .param("journey", journeyKey)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("most", most)
        .query(this::job)
        .list()
        .stream()
        .map(Job::timer)
        .toList();
  }

  private List<Job> of(String from, Collection<Long> ids, Instant asOf) {
    return jdbc.sql(SELECT + from + " and p.id = any(:ids) order by p.id, j.id_")
        .param("asOf", Timestamp.from(asOf))
        .param("ids", ids.toArray(Long[]::new))
        .query(this::job)
        .list();
  }

  private Job job(ResultSet row, int index) throws SQLException {
    long version = row.getLong("journey_version_id");
    Drawn drawn = drawings.of(version);
    String timer = row.getString("timer");
    Instant due = row.getTimestamp("due").toInstant();
    return new Job(
        row.getString("job_id"),
        new OverdueTimer(
            row.getLong("id"),
            row.getLong("customer_id"),
            row.getString("branch"),
            row.getString("journey_key"),
            version,
            drawn.standsAt(timer),
            timer,
            due.isBefore(NO_REAL_TIMER) ? due : HeldUntil.own(due),
            drawn.onlyWay(timer)));
  }

  @Override
  @Transactional
  public int settleSome(String journeyKey, OverdueHandling handling, int most) {
    if (handling.choice() == OverdueChoice.FIRE) {
      return 0;
    }
    List<Long> ids =
        jdbc.sql(
                "select distinct p.id "
                    + OVERDUE
                    + " and p.journey_key = :journey order by p.id limit :most")
            .param("asOf", Timestamp.from(handling.asOf()))
            .param("journey", journeyKey)
            .param("most", most)
            .query(Long.class)
            .list();
    return ids.isEmpty() ? 0 : settle(ids, handling);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public int settle(Collection<Long> participationIds, OverdueHandling handling) {
    if (handling.choice() == OverdueChoice.FIRE) {
      return 0;
    }
    transactions.know(participationIds);
    List<Job> jobs = of(OVERDUE, participationIds, handling.asOf());
    switch (handling.choice()) {
      case SPREAD -> spread(jobs, handling);
      case SKIP -> {
        drop(jobs.stream().filter(job -> !job.timer().onlyWay()).toList(), handling);
        hold(jobs.stream().filter(job -> job.timer().onlyWay()).toList(), handling);
      }
      default -> hold(jobs, handling);
    }
    return jobs.size();
  }

  @Override
  @Transactional
  public int decide(
      Collection<Long> participationIds, OverdueHandling handling, BranchScope scope) {
    if (handling.choice() == OverdueChoice.ASK) {
      throw new JourneyRefusedException("decide_not_ask", "请决定这些定时器现在触发、分散触发还是取消。");
    }
    List<Long> ids = heldOf(participationIds, scope);
    transactions.know(ids);
    List<Job> jobs = of(HELD, ids, NO_REAL_TIMER);
    if (handling.choice() == OverdueChoice.SKIP) {
      jobs = jobs.stream().filter(job -> !job.timer().onlyWay()).toList();
      drop(jobs, handling);
      return customers(jobs);
    }
    shift(jobs, -HELD_YEARS);
    note(jobs, "timer_release", handling);
    if (handling.choice() == OverdueChoice.SPREAD) {
      spread(jobs, handling);
    }
    return customers(jobs);
  }

  private static int customers(List<Job> jobs) {
    return (int) jobs.stream().map(job -> job.timer().participationId()).distinct().count();
  }

  @Override
  public List<Long> heldOf(Collection<Long> participationIds, BranchScope scope) {
    return jdbc.sql(
            "select distinct p.id "
                + HELD
                + " and p.id = any(:ids) and (:everywhere or p.branch = any(:branches)) order by 1")
        .param("asOf", Timestamp.from(NO_REAL_TIMER))
        .param("ids", participationIds.toArray(Long[]::new))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Long.class)
        .list();
  }

  private void spread(List<Job> jobs, OverdueHandling handling) {
    Duration over = Objects.requireNonNull(handling.spreadOver());
    due(
        jobs,
        job ->
            handling.asOf().plusMillis(1 + share(job.timer().participationId(), over.toMillis())));
  }

  /** The same moment for the same customer, whenever and wherever it is worked out. */
  static long share(long participationId, long millis) {
    long mixed = participationId * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return Long.remainderUnsigned(mixed ^ (mixed >>> 32), millis);
  }

  private void due(List<Job> jobs, Function<Job, Instant> moment) {
    if (!jobs.isEmpty()) {
      jdbc.sql(
              """
              update act_ru_job j set duedate_ = m.due, rev_ = rev_ + 1
                from unnest(:ids, :dues::timestamp[]) as m (id, due) where j.id_ = m.id
              """)
          .param("ids", jobs.stream().map(Job::id).toArray(String[]::new))
          .param(
              "dues",
              jobs.stream()
                  .map(job -> Timestamp.from(moment.apply(job)).toString())
                  .toArray(String[]::new))
          .update();
    }
  }

  private void hold(List<Job> jobs, OverdueHandling handling) {
    shift(jobs, HELD_YEARS);
    note(jobs, "timer_hold", handling);
  }

  private void shift(List<Job> jobs, int years) {
    if (!jobs.isEmpty()) {
      jdbc.sql(
              """
              update act_ru_job set duedate_ = duedate_ + make_interval(years => :years),
                                    rev_ = rev_ + 1
               where id_ = any(:ids)
              """)
          .param("years", years)
          .param("ids", jobs.stream().map(Job::id).toArray(String[]::new))
          .update();
    }
  }

  private void drop(List<Job> jobs, OverdueHandling handling) {
    if (!jobs.isEmpty()) {
      commands.unhindered(() -> jobs.forEach(job -> management.deleteJob(job.id())));
      note(jobs, "timer_drop", handling);
    }
  }

  private void note(List<Job> jobs, String act, OverdueHandling handling) {
    Map<Long, Participation> known =
        participations
            .findAll(jobs.stream().map(job -> job.timer().participationId()).distinct().toList())
            .stream()
            .collect(Collectors.toMap(Participation::id, Function.identity()));
    List<Act> acts = new ArrayList<>();
    for (Job job : jobs) {
      Participation one = Objects.requireNonNull(known.get(job.timer().participationId()));
      acts.add(
          new Act(
              one,
              one.journeyVersionId(),
              act,
              List.of(job.timer().node()),
              List.of(job.timer().timer()),
              null));
    }
    history.write(acts, handling.reason(), handling.by());
  }
}
