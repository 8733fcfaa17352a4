package io.waymark.engine.rehearsal;

import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.Figures.Day;
import io.waymark.journey.rehearsal.Figures.Held;
import io.waymark.journey.rehearsal.Figures.Load;
import io.waymark.journey.rehearsal.Figures.Node;
import io.waymark.journey.rehearsal.Figures.Outcome;
import io.waymark.journey.rehearsal.Figures.Path;
import io.waymark.platform.rehearsal.Stages;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads off a stage what became of everybody on it. */
@Component
class FigureReader {

  private final JdbcClient jdbc;

  FigureReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What was played of this journey. */
  Figures read(String journey, long asked, Map<String, Long> notAsked) {
    Map<String, Long> refused =
        counts("select reason, count(*) from enrolment where status = 'refused' group by reason");
    notAsked.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
    return new Figures(
        asked,
        counts("select 'all', count(*) from enrolment where status = 'started'")
            .getOrDefault("all", 0L),
        refused,
        counts("select reason, count(*) from enrolment where status = 'failed' group by reason"),
        counts("select branch, count(*) from enrolment where status = 'started' group by branch"),
        nodes(),
        withheld(),
        messages(),
        outcomes(),
        loads(),
        rivals(journey),
        counts(
            """
            select coalesce(left_reason, ''), count(*) from participation
             where id >= %d and left_at is not null group by 1
            """
                .formatted(Stages.FIRST_NUMBER)),
        counts(
            "select goal, count(*) from participation where id >= %d and goal is not null group by 1"
                .formatted(Stages.FIRST_NUMBER)),
        paths());
  }

  private Map<String, Long> counts(String query) {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql(query)
        .query(
            row -> {
              counts.put(String.valueOf(row.getString(1)), row.getLong(2));
            });
    return counts;
  }

  private List<Node> nodes() {
    return jdbc.sql(
            """
            select node, count(*) as entered,
                   count(*) filter (where left_at is null and failed_since is null) as waiting,
                   count(*) filter (where left_at is not null and outcome <> 'withheld') as done,
                   count(*) filter (where left_at is not null and outcome = 'withheld') as withheld,
                   count(*) filter (where left_at is null and failed_since is not null) as failed
              from node_visit group by node order by min(id)
            """)
        .query(Node.class)
        .list();
  }

  private List<Held> withheld() {
    return jdbc.sql(
            """
            select node, coalesce(reason, '') as reason, count(*) as count from verdict
             where outcome = 'withheld' and kind in ('send', 'dispatch')
             group by 1, 2 order by 3 desc
            """)
        .query(Held.class)
        .list();
  }

  private List<Day> messages() {
    return jdbc.sql(
            """
            select (coalesce(sent_at, delivered_at) at time zone 'Asia/Shanghai')::date as day,
                   channel, count(*)
              from message
             where participation_id >= ? and coalesce(sent_at, delivered_at) is not null
             group by 1, 2 order by 1, 2
            """)
        .param(Stages.FIRST_NUMBER)
        .query(
            (row, number) ->
                new Day(row.getObject(1, LocalDate.class), row.getString(2), row.getLong(3)))
        .list();
  }

  private List<Outcome> outcomes() {
    return jdbc.sql(
            """
            select channel, status, count(*) as count from message where participation_id >= ?
             group by 1, 2 order by 1, 2
            """)
        .param(Stages.FIRST_NUMBER)
        .query(Outcome.class)
        .list();
  }

  private List<Load> loads() {
    return jdbc.sql(
            """
            select coalesce(t.assignee, '') as advisor, t.branch,
                   (t.created_at at time zone 'Asia/Shanghai')::date as day, count(*) as tasks,
                   coalesce(max(a.daily_capacity), 0) as capacity
              from advisor_task t left join advisor a on a.username = t.assignee
             where t.participation_id >= ?
             group by 1, 2, 3 order by 4 desc, 3, 1 limit 200
            """)
        .param(Stages.FIRST_NUMBER)
        .query(
            (row, number) ->
                new Load(
                    row.getString(1),
                    row.getString(2),
                    row.getObject(3, LocalDate.class),
                    row.getLong(4),
                    row.getInt(5)))
        .list();
  }

  /** Whose messages stood where the journey's own would have: customers by the other journey. */
  private Map<String, Long> rivals(String journey) {
    Map<String, Long> rivals = new TreeMap<>();
    jdbc.sql(
            """
            select m.journey_key, count(distinct v.customer_id)
              from verdict v
              join contact_reservation r on r.customer_id = v.customer_id
              join message m on m.message_id = r.message_id
             where v.outcome = 'withheld' and v.reason = 'cap_exceeded' and m.journey_key <> ?
             group by 1
            """)
        .param(journey)
        .query(
            row -> {
              rivals.put(row.getString(1), row.getLong(2));
            });
    return rivals;
  }

  private List<Path> paths() {
    return jdbc.sql(
            """
            select way, count(*) as travellers, (array_agg(customer_id order by customer_id))[1:3]
              from (select p.customer_id, array_agg(v.node order by v.id) as way
                      from node_visit v join participation p on p.id = v.participation_id
                     group by p.id, p.customer_id) t
             group by way order by travellers desc limit 30
            """)
        .query(
            (row, number) ->
                new Path(
                    List.of((String[]) row.getArray(1).getArray()),
                    row.getLong(2),
                    List.of((Long[]) row.getArray(3).getArray())))
        .list();
  }
}
