package io.waymark.engine.watch;

import io.waymark.contact.MessageFilter;
import io.waymark.contact.Messages;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.journey.Standing;
import io.waymark.journey.Standing.Token;
import io.waymark.journey.Standings;
import io.waymark.platform.staff.BranchScope;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the engine's tables of one instance, and our facts beside them. Tables are read instead of
 * the engine's services because whoever may see the row here need not be known to the engine.
 */
@Component
class EngineStandings implements Standings {

  private static final int MESSAGES = 20;

  private final JdbcClient jdbc;
  private final RepositoryService repository;
  private final Participations participations;
  private final JourneyVersions versions;
  private final NodeVisits visits;
  private final Messages messages;
  private final EventTypes eventTypes;

  EngineStandings(
      JdbcClient jdbc,
      RepositoryService repository,
      Participations participations,
      JourneyVersions versions,
      NodeVisits visits,
      Messages messages,
      EventTypes eventTypes) {
    this.jdbc = jdbc;
    this.repository = repository;
    this.participations = participations;
    this.versions = versions;
    this.visits = visits;
    this.messages = messages;
    this.eventTypes = eventTypes;
  }

  @Override
  public Optional<Standing> of(long participationId, BranchScope scope) {
    return participations
        .find(participationId)
        .filter(participation -> scope.covers(participation.branch()))
        .map(participation -> tell(participation, scope));
  }

  private Standing tell(Participation participation, BranchScope scope) {
    Drawing drawing = drawing(participation);
    String instance = Objects.requireNonNullElse(participation.processInstanceId(), "");
    List<Token> tokens =
        participation.leftAt() == null ? tokens(participation, instance, drawing) : List.of();
    return new Standing(
        participation,
        held(instance),
        tokens,
        waits(instance, drawing),
        timers(instance, drawing),
        tasks(instance, drawing),
        troubles(instance, drawing),
        said(participation, scope),
        tokens.stream().flatMap(token -> drawing.after(token.node()).stream()).toList());
  }

  private Drawing drawing(Participation participation) {
    JourneyVersion version = versions.find(participation.journeyVersionId()).orElseThrow();
    return new Drawing(repository.getBpmnModelInstance(version.definitionId()));
  }

  private boolean held(String instance) {
    return jdbc.sql(
            "select exists (select from act_ru_execution where id_ = ? and suspension_state_ = 2)")
        .param(instance)
        .query(Boolean.class)
        .single();
  }

  private List<Token> tokens(Participation participation, String instance, Drawing drawing) {
    Map<String, Instant> since = new LinkedHashMap<>();
    visits.ofParticipation(participation.id()).stream()
        .filter(step -> step.leftAt() == null)
        .forEach(step -> since.put(step.node(), step.enteredAt().toInstant()));
    return jdbc
        .sql(
            """
            select distinct e.act_id_ from act_ru_execution e
             where e.proc_inst_id_ = ? and e.act_id_ is not null
               and not exists (select from act_ru_execution c where c.parent_id_ = e.id_)
             order by 1
            """)
        .param(instance)
        .query(String.class)
        .list()
        .stream()
        .map(node -> new Token(node, drawing.name(node), since.get(node)))
        .toList();
  }

  private List<Standing.Wait> waits(String instance, Drawing drawing) {
    Map<String, EventType> known = eventTypes.byCode();
    return jdbc.sql(
            """
            select activity_id_ as node, event_name_ as event,
                   execution_id_ = proc_inst_id_ as everywhere
              from act_ru_event_subscr
             where proc_inst_id_ = ? and event_type_ = 'message'
             order by everywhere, activity_id_
            """)
        .param(instance)
        .query(
            (row, number) -> {
              String event = row.getString("event");
              EventType type = known.get(event);
              return new Standing.Wait(
                  row.getString("node"),
                  drawing.name(row.getString("node")),
                  type == null ? event : type.name(),
                  row.getBoolean("everywhere"));
            })
        .list();
  }

  /** A timer that is held for a person's decision stands thousands of years later. */
  private List<Standing.Timer> timers(String instance, Drawing drawing) {
    return jdbc.sql(
            """
            select d.act_id_ as node, j.duedate_ at time zone 'Asia/Shanghai' as due,
                   j.retries_ as retries
              from act_ru_job j join act_ru_jobdef d on d.id_ = j.job_def_id_
             where j.process_instance_id_ = ?
               and j.duedate_ < timestamp '5000-01-01'
             order by j.duedate_, d.act_id_
            """)
        .param(instance)
        .query(
            (row, number) ->
                new Standing.Timer(
                    row.getString("node"),
                    drawing.name(row.getString("node")),
                    row.getObject("due", OffsetDateTime.class).toInstant(),
                    row.getInt("retries")))
        .list();
  }

  private List<Standing.Task> tasks(String instance, Drawing drawing) {
    return jdbc.sql(
            """
            select id_ as task, task_def_key_ as node, assignee_ as holder,
                   create_time_ at time zone 'Asia/Shanghai' as since,
                   due_date_ at time zone 'Asia/Shanghai' as due
              from act_ru_task where proc_inst_id_ = ? order by create_time_
            """)
        .param(instance)
        .query(
            (row, number) ->
                new Standing.Task(
                    row.getString("task"),
                    row.getString("node"),
                    drawing.name(row.getString("node")),
                    row.getString("holder"),
                    row.getObject("since", OffsetDateTime.class).toInstant(),
                    instant(row.getObject("due", OffsetDateTime.class))))
        .list();
  }

  private List<Standing.Trouble> troubles(String instance, Drawing drawing) {
    return jdbc.sql(
            """
            select activity_id_ as node,
                   incident_timestamp_ at time zone 'Asia/Shanghai' as since,
                   coalesce(incident_msg_, '') as words
              from act_ru_incident where proc_inst_id_ = ? order by incident_timestamp_ desc
            """)
        .param(instance)
        .query(
            (row, number) ->
                new Standing.Trouble(
                    row.getString("node"),
                    drawing.name(row.getString("node")),
                    row.getObject("since", OffsetDateTime.class).toInstant(),
                    row.getString("words")))
        .list();
  }

  private List<Standing.Said> said(Participation participation, BranchScope scope) {
    MessageFilter own =
        new MessageFilter(
            participation.customerId(), participation.id(), null, null, null, null, null, null);
    return messages.page(own, scope, 0, MESSAGES).stream()
        .map(
            one ->
                new Standing.Said(
                    one.messageId(),
                    one.createdAt(),
                    one.node(),
                    one.template(),
                    one.status(),
                    words(one.reason())))
        .toList();
  }

  private static @Nullable String words(@Nullable String reason) {
    return Stream.of(WithheldReason.values())
        .filter(one -> one.code().equals(reason))
        .map(WithheldReason::message)
        .findFirst()
        .orElse(reason);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
    return moment == null ? null : moment.toInstant();
  }
}
