package io.waymark.engine.run;

import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallLifted;
import io.waymark.compliance.recall.RecallProgress;
import io.waymark.compliance.recall.RecallStarted;
import io.waymark.customer.event.EventQueue;
import io.waymark.journey.JourneyStandstill;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds every customer of a recalled or paused journey where the token stands, in the recall's or
 * pause's own transaction, and lets them go on when neither stands any more. Timers that fell due
 * meanwhile fire then unless the pause said otherwise, and events that came meanwhile are queued
 * again for the waits they would have ended.
 */
@Component
class HeldJourneys implements JourneyStandstill {

  private static final int LOCKS = 0x68656c64;

  private final RuntimeService runtime;
  private final EngineCommands commands;
  private final RecallProgress progress;
  private final EventQueue queue;
  private final JdbcClient jdbc;

  HeldJourneys(
      RuntimeService runtime,
      EngineCommands commands,
      RecallProgress progress,
      EventQueue queue,
      JdbcClient jdbc) {
    this.runtime = runtime;
    this.commands = commands;
    this.progress = progress;
    this.queue = queue;
    this.jdbc = jdbc;
  }

  @EventListener
  void on(RecallStarted started) {
    if (started.target().kind() == RecallKind.JOURNEY) {
      progress.held(started.recallId(), halt(started.target().value()));
    }
  }

  @EventListener
  void on(RecallLifted lifted) {
    if (lifted.target().kind() == RecallKind.JOURNEY) {
      goOn(lifted.target().value(), lifted.startedAt());
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public long halt(String journey) {
    commands.unhindered(
        () ->
            runtime
                .updateProcessInstanceSuspensionState()
                .byProcessDefinitionKey(journey)
                .suspend());
    return inside(journey);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void goOn(String journey, Instant since) {
    if (heldOtherwise(journey)) {
      return;
    }
    commands.unhindered(
        () ->
            runtime
                .updateProcessInstanceSuspensionState()
                .byProcessDefinitionKey(journey)
                .activate());
    queue.redeliverAll(missed(journey, sinceAnyHold(journey, since)));
  }

  /** Whether a recall or a pause still stands; of two that end at once the later one lets go. */
  private boolean heldOtherwise(String journey) {
    jdbc.sql("select pg_advisory_xact_lock(:space, hashtext(:journey))")
        .param("space", LOCKS)
        .param("journey", journey)
        .query((row, n) -> n)
        .list();
    return jdbc.sql(
            """
            select exists (select from recall
                            where kind = 'journey' and target = :journey and lifted_at is null)
                or exists (select from journey_hold
                            where journey_key = :journey and released_at is null)
            """)
        .param("journey", journey)
        .query(Boolean.class)
        .single();
  }

  /** Recalls and pauses that overlapped held the journey since the first of them. */
  private Instant sinceAnyHold(String journey, Instant since) {
    return jdbc.sql(
            """
            select least(:since,
                         (select min(held_at) from journey_hold
                           where journey_key = :journey and released_at >= :since),
                         (select min(started_at) from recall
                           where kind = 'journey' and target = :journey and lifted_at >= :since))
            """)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("journey", journey)
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private long inside(String journey) {
    return jdbc.sql("select count(*) from participation where journey_key = ? and left_at is null")
        .param(journey)
        .query(Long.class)
        .single();
  }

  /** What happened while the token stood still and what it waits for. */
  private List<EventQueue.Redelivery> missed(String journey, Instant since) {
    return jdbc.sql(
            """
            select distinct e.seq, p.id as participation_id
              from participation p
              join act_ru_event_subscr s
                on s.proc_inst_id_ = p.process_instance_id and s.event_type_ = 'message'
              join customer_event e
                on e.customer_id = p.customer_id and e.type = s.event_name_
               and e.seq > p.entry_event_seq and e.received_at >= :since
             where p.journey_key = :journey and p.left_at is null
               and not exists (select from event_use u
                                where u.participation_id = p.id and u.event_seq = e.seq)
             order by e.seq
            """)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("journey", journey)
        .query(EventQueue.Redelivery.class)
        .list();
  }
}
