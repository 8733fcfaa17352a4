package io.waymark.engine.watch;

import io.waymark.advisor.TaskOutcomes;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.EventQueue;
import io.waymark.customer.event.InternalEvent;
import io.waymark.engine.run.EngineCommands;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.Leaving;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.NodeVisits.Departure;
import io.waymark.journey.NodeVisits.Visit;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The one right thing to do about each kind; runs in the caller's transaction, customer locked. */
@Component
class Mends {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int RETRIES = 3;

  private final JdbcClient jdbc;
  private final RuntimeService runtime;
  private final ManagementService management;
  private final EngineCommands commands;
  private final NodeVisits visits;
  private final Participations participations;
  private final TaskOutcomes tasks;
  private final CustomerEvents events;
  private final EventQueue queue;
  private final EvidenceLog evidence;
  private final Clock clock;

  Mends(
      JdbcClient jdbc,
      RuntimeService runtime,
      ManagementService management,
      EngineCommands commands,
      NodeVisits visits,
      Participations participations,
      TaskOutcomes tasks,
      CustomerEvents events,
      EventQueue queue,
      EvidenceLog evidence,
      Clock clock) {
    this.jdbc = jdbc;
    this.runtime = runtime;
    this.management = management;
    this.commands = commands;
    this.visits = visits;
    this.participations = participations;
    this.tasks = tasks;
    this.events = events;
    this.queue = queue;
    this.evidence = evidence;
    this.clock = clock;
  }

  void mend(StuckKind kind, StuckCase one) {
    switch (kind) {
      case NO_WAKER, TASK_WITHOUT_HOLDER, TASK_UNKNOWN -> comeAgain(one);
      case INCIDENT, DEAD_JOB, JOB_OVERDUE, JOB_LOCKED -> freeJob(id(one));
      case TOKEN_WITHOUT_FACT -> noteArrival(one);
      case FACT_WITHOUT_TOKEN -> noteDeparture(one);
      case INSTANCE_GONE -> leave(one);
      case PARTICIPATION_GONE -> endInstance(one);
      case TASK_ORPHAN -> tasks.cancel(id(one), "journey_left");
      case MESSAGE_SILENT -> settleUnknown(one);
      case SUSPENDED -> activate(one);
      case EVENT_LOST ->
          queue.redeliver(Long.parseLong(id(one)), Objects.requireNonNull(one.participationId()));
      case EVENT_WAITS -> dueNow(one);
      case BOOKS -> visits.rectify(Long.parseLong(id(one)));
      case ENROLMENT_WAITS -> {
        // Settled by the runner once this transaction, with its proof, has committed.
      }
      case STANDS_TOO_LONG -> throw new IllegalArgumentException("nothing to mend: " + kind);
    }
  }

  /** What follows the last colon of a subject. */
  static String id(StuckCase one) {
    return one.subject().substring(one.subject().lastIndexOf(':') + 1);
  }

  private void comeAgain(StuckCase one) {
    commands.unhindered(
        () ->
            runtime
                .createProcessInstanceModification(Objects.requireNonNull(one.instanceId()))
                .cancelAllForActivity(one.node())
                .startBeforeActivity(one.node())
                .execute());
  }

  private void freeJob(String jobId) {
    jdbc.sql(
            """
            update act_ru_job set lock_owner_ = null, lock_exp_time_ = null, rev_ = rev_ + 1
             where id_ = ? and lock_owner_ is not null
            """)
        .param(jobId)
        .update();
    commands.unhindered(
        () ->
            management
                .setJobRetries(RETRIES)
                .jobIds(List.of(jobId))
                .dueDate(Date.from(clock.instant()))
                .execute());
  }

  private void noteArrival(StuckCase one) {
    Participation known = participation(one);
    visits.write(
        List.of(),
        List.of(
            new Visit(
                known.id(),
                known.journeyVersionId(),
                known.branch(),
                one.node(),
                now(),
                null,
                null)));
  }

  private void noteDeparture(StuckCase one) {
    visits.write(
        List.of(new Departure(participation(one).id(), one.node(), now(), "interrupted")),
        List.of());
  }

  private void leave(StuckCase one) {
    Participation known = participation(one);
    visits.write(
        visits.ofParticipation(known.id()).stream()
            .filter(step -> step.leftAt() == null)
            .map(step -> new Departure(known.id(), step.node(), now(), "interrupted"))
            .toList(),
        List.of());
    participations.leave(List.of(new Leaving(known.id(), "removed", null, "removed")));
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.JOURNEY_LEFT,
            "participation:" + known.id(),
            known.customerId(),
            known.branch(),
            "waymark",
            Map.of("journey", known.journeyKey(), "reason", "removed")));
  }

  private void endInstance(StuckCase one) {
    commands.unhindered(
        () ->
            runtime.deleteProcessInstance(
                Objects.requireNonNull(one.instanceId()), "participation gone"));
  }

  private void settleUnknown(StuckCase one) {
    events.record(
        List.of(
            new InternalEvent(
                "watch",
                "silent:" + id(one),
                Objects.requireNonNull(one.customerId()),
                one.branch(),
                "message.settled",
                clock.instant(),
                Map.of("messageId", id(one), "outcome", "unknown"))));
  }

  private void activate(StuckCase one) {
    commands.unhindered(
        () ->
            runtime
                .updateProcessInstanceSuspensionState()
                .byProcessInstanceId(Objects.requireNonNull(one.instanceId()))
                .activate());
  }

  private void dueNow(StuckCase one) {
    if (one.subject().startsWith("queued:")) {
      jdbc.sql("update event_queue set due_at = :now, attempts = 0 where id = :id")
          .param("now", now())
          .param("id", Long.parseLong(id(one)))
          .update();
    }
  }

  private Participation participation(StuckCase one) {
    return participations.find(Objects.requireNonNull(one.participationId())).orElseThrow();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZONE);
  }
}
