package io.waymark.engine.rehearsal;

import io.waymark.contact.MessageRecord;
import io.waymark.contact.Messages;
import io.waymark.journey.rehearsal.Scene;
import io.waymark.journey.rehearsal.Scene.Duty;
import io.waymark.journey.rehearsal.Scene.Letter;
import io.waymark.journey.rehearsal.Scene.Passed;
import io.waymark.journey.rehearsal.Scene.Ruling;
import io.waymark.platform.rehearsal.Stages;
import io.waymark.platform.staff.BranchScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads off a stage where one customer stands. */
@Component
class SceneReader {

  private final JdbcClient jdbc;
  private final Messages messages;
  private final RuntimeService runtime;
  private final StagedWorkers workers;
  private final Clock clock;

  SceneReader(
      JdbcClient jdbc,
      Messages messages,
      RuntimeService runtime,
      StagedWorkers workers,
      Clock clock) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.runtime = runtime;
    this.workers = workers;
    this.clock = clock;
  }

  private record Wish(String status, @Nullable String reason, @Nullable Long participationId) {}

  private record Stay(
      @Nullable String processInstanceId,
      @Nullable Instant leftAt,
      @Nullable String leftReason,
      @Nullable String goal) {}

  /** The scene of the only customer who was asked in here. */
  Scene read(long customerId, @Nullable String problem) {
    Wish wish =
        jdbc.sql("select status, reason, participation_id from enrolment order by id limit 1")
            .query(Wish.class)
            .single();
    long participation = Optional.ofNullable(wish.participationId()).orElse(-1L);
    Optional<Stay> stay = stay(participation);
    List<Passed> way = way(participation);
    boolean inside = stay.isPresent() && stay.get().leftAt() == null;
    String instance = inside ? stay.get().processInstanceId() : null;
    return new Scene(
        clock.instant(),
        Set.of("refused", "held").contains(wish.status()) ? wish.reason() : null,
        way.stream().filter(one -> one.outcome() == null).map(Passed::node).distinct().toList(),
        way,
        instance == null ? Map.of() : variables(instance),
        letters(customerId, way.stream().map(Passed::node).toList()),
        rulings(participation),
        duties(participation),
        instance == null ? Set.of() : awaited(instance),
        inside ? workers.nextDue().orElse(null) : null,
        inside ? null : stay.map(Stay::leftReason).orElse(null),
        stay.map(Stay::goal).orElse(null),
        wish.status().equals("failed") ? wish.reason() : problem);
  }

  private Optional<Stay> stay(long participation) {
    return jdbc.sql(
            "select process_instance_id, left_at, left_reason, goal from participation where id ="
                + " ?")
        .param(participation)
        .query(
            (row, number) ->
                new Stay(
                    row.getString("process_instance_id"),
                    moment(row, "left_at"),
                    row.getString("left_reason"),
                    row.getString("goal")))
        .optional();
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column) == null ? null : row.getTimestamp(column).toInstant();
  }

  private List<Passed> way(long participation) {
    return jdbc.sql(
            "select node, entered_at, outcome from node_visit where participation_id = ? order by"
                + " id")
        .param(participation)
        .query(
            (row, number) ->
                new Passed(
                    row.getString("node"),
                    row.getTimestamp("entered_at").toInstant(),
                    row.getString("outcome")))
        .list();
  }

  private Map<String, String> variables(String instance) {
    Map<String, String> variables = new TreeMap<>();
    runtime
        .getVariables(instance)
        .forEach((name, value) -> variables.put(name, String.valueOf(value)));
    return variables;
  }

  private List<Letter> letters(long customerId, List<String> way) {
    return messages.ofCustomer(customerId).stream()
        .filter(one -> one.participationId() != null)
        .filter(one -> one.participationId() >= Stages.FIRST_NUMBER)
        .sorted(
            Comparator.comparing(MessageRecord::createdAt)
                .thenComparing(one -> way.indexOf(one.node())))
        .map(
            one ->
                new Letter(
                    one.createdAt(),
                    one.node(),
                    one.template(),
                    one.channel() == null ? "" : one.channel().code(),
                    one.status(),
                    one.reason(),
                    messages.text(one.messageId(), BranchScope.everywhere()).orElse(null)))
        .toList();
  }

  private List<Ruling> rulings(long participation) {
    return jdbc.sql(
            """
            select decided_at, kind, node, template, outcome, reason, gate
              from verdict where participation_id = ? order by verdict_id
            """)
        .param(participation)
        .query(
            (row, number) ->
                new Ruling(
                    row.getTimestamp("decided_at").toInstant(),
                    row.getString("kind"),
                    row.getString("node"),
                    row.getString("template"),
                    row.getString("outcome"),
                    row.getString("reason"),
                    row.getString("gate")))
        .list();
  }

  private List<Duty> duties(long participation) {
    return jdbc.sql(
            """
            select node, title, assignee, outcomes, due_at from advisor_task
             where participation_id = ? and status = 'open' order by created_at
            """)
        .param(participation)
        .query(
            (row, number) ->
                new Duty(
                    row.getString("node"),
                    row.getString("title"),
                    row.getString("assignee"),
                    words(row.getArray("outcomes")),
                    row.getTimestamp("due_at").toInstant()))
        .list();
  }

  private static Set<String> words(Array array) throws SQLException {
    return new TreeSet<>(List.of((String[]) array.getArray()));
  }

  private Set<String> awaited(String instance) {
    return new TreeSet<>(
        jdbc.sql(
                """
                select distinct event_name_ from act_ru_event_subscr
                 where proc_inst_id_ = ? and event_type_ = 'message' and event_name_ is not null
                """)
            .param(instance)
            .query(String.class)
            .list());
  }
}
