package io.waymark.engine.rehearsal;

import io.waymark.contact.RehearsedDispatch;
import io.waymark.contact.RehearsedDispatch.Fates;
import io.waymark.engine.run.DueJobs;
import io.waymark.engine.run.EventDelivery;
import io.waymark.journey.EnrolmentRunner;
import io.waymark.journey.FailureReason;
import io.waymark.platform.rehearsal.Rehearsing;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Does on a stage what live workers do by themselves: lets customers in, delivers events, lets
 * messages leave and fires timers, in the same batches and by the same code.
 */
@Component
class StagedWorkers {

  private static final Logger log = LoggerFactory.getLogger(StagedWorkers.class);
  private static final int BATCH = 50;
  private static final int LOOK_AHEAD = 5_000;

  private final EnrolmentRunner enrolments;
  private final EventDelivery events;
  private final RehearsedDispatch dispatch;
  private final DueJobs due;
  private final ManagementService management;
  private final JdbcClient jdbc;
  private final Clock clock;

  StagedWorkers(
      EnrolmentRunner enrolments,
      EventDelivery events,
      RehearsedDispatch dispatch,
      DueJobs due,
      ManagementService management,
      JdbcClient jdbc,
      Clock clock) {
    this.enrolments = enrolments;
    this.events = events;
    this.dispatch = dispatch;
    this.due = due;
    this.management = management;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Whoever watches the work; may end it by throwing. */
  interface Watcher {

    /** Why a step could not be taken. */
    void trouble(String reason);

    /** A batch is done, and so many customers were decided on in it. */
    default void beat(int decided) {}
  }

  /** Works until nothing more is due at the stage's time. */
  void settle(Fates fates, Watcher watcher) {
    if (!Rehearsing.on()) {
      throw new IllegalStateException("these workers work on stages alone");
    }
    int moved;
    do {
      moved = admit(watcher) + deliver(watcher);
      moved += dispatch.leave(fates) + fire(watcher);
    } while (moved > 0);
  }

  private int admit(Watcher watcher) {
    int all = 0;
    for (int some = enrolments.runNext(); some > 0; some = enrolments.runNext()) {
      all += some;
      watcher.beat(some);
    }
    return all;
  }

  private int deliver(Watcher watcher) {
    int all = 0;
    for (int some = events.deliverNext(); some > 0; some = events.deliverNext()) {
      all += some;
      watcher.beat(0);
    }
    return all;
  }

  /** When something falls due next; empty when nothing does. */
  Optional<Instant> nextDue() {
    return Stream.of(nextJob(), dispatch.nextDue(), nextEvent())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> nextJob() {
    return moment("select min(duedate_) from act_ru_job where retries_ > 0");
  }

  private Optional<Instant> nextEvent() {
    return moment("select min(due_at) from event_queue");
  }

  private Optional<Instant> moment(String query) {
    return jdbc.sql(query)
        .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)))
        .single()
        .map(Timestamp::toInstant);
  }

  /** Jobs that are due now, at most one of each instance at a time. */
  private int fire(Watcher watcher) {
    List<String> jobs =
        jdbc.sql(
                """
                select distinct on (process_instance_id_) id_ from act_ru_job
                 where retries_ > 0 and suspension_state_ = 1 and duedate_ <= ?
                 order by process_instance_id_, duedate_, id_ limit ?
                """)
            .params(Timestamp.from(clock.instant()), LOOK_AHEAD)
            .query(String.class)
            .list();
    for (int from = 0; from < jobs.size(); from += BATCH) {
      List<String> some = jobs.subList(from, Math.min(from + BATCH, jobs.size()));
      try {
        due.together(some);
      } catch (RuntimeException failure) {
        log.debug("Rehearsed jobs together failed, doing them one by one", failure);
        some.forEach(job -> alone(job, watcher));
      }
      watcher.beat(0);
    }
    return jobs.size();
  }

  private void alone(String job, Watcher watcher) {
    try {
      management.executeJob(job);
    } catch (RuntimeException failure) {
      watcher.trouble(FailureReason.of(failure));
    }
  }
}
