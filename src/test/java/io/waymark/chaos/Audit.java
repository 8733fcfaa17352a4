package io.waymark.chaos;

import io.waymark.evidence.Chains;
import io.waymark.evidence.Verification;
import io.waymark.platform.Channel;
import io.waymark.platform.database.CrashingPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads what stands when everything has come to rest, and says what is not as it must be. */
final class Audit {

  /** Never sent a second time, whatever happens. */
  private static final Set<Channel> ONCE = Set.of(Channel.SMS, Channel.WECOM, Channel.WECHAT);

  /**
   * A run in which little leaves shows little. What a killed node had taken for sending stays in
   * doubt, so of texts a whole batch may be missing.
   */
  private static final double REACHED = 0.5;

  /**
   * A provider asked to be left alone for longer than anybody waits here, as WeCom does: an hour.
   */
  private static final String PUT_OFF =
      "(state = 'later' and due_at > now() + interval '5 minutes')";

  /** Each of these must count nothing. */
  private static final Map<String, String> NOTHING =
      Map.ofEntries(
          Map.entry(
              "tokens that wait for nothing",
              """
              select count(*) from act_ru_execution e
               where e.is_active_
                 and not exists (select from act_ru_job j where j.execution_id_ = e.id_)
                 and not exists (select from act_ru_event_subscr s where s.execution_id_ = e.id_)
                 and not exists (select from act_ru_task t where t.execution_id_ = e.id_)
              """),
          Map.entry(
              "participations without instance",
              """
              select count(*) from participation p
               where p.left_at is null
                 and not exists (
                   select from act_ru_execution e where e.id_ = p.process_instance_id)
              """),
          Map.entry(
              "instances without participation",
              """
              select count(*) from act_ru_execution e
                join act_re_procdef d on d.id_ = e.proc_def_id_ and d.key_ = 'chaos-storm'
               where e.parent_id_ is null
                 and not exists (
                   select from participation p
                    where p.process_instance_id = e.id_ and p.left_at is null)
              """),
          Map.entry("incidents", "select count(*) from act_ru_incident"),
          Map.entry(
              "claims without outcome",
              """
              select count(*) from message_claim c
               where not exists (select from message m where m.message_id = c.message_id)
                 and not exists (
                   select from verdict v
                    where v.message_id = c.message_id and v.outcome = 'withheld')
              """),
          Map.entry(
              "messages that wait without being queued",
              """
              select count(*) from message m
               where m.status = 'waiting'
                 and not exists (select from outbox o where o.message_id = m.message_id)
              """),
          Map.entry("rows stuck in the outbox", "select count(*) from outbox where not " + PUT_OFF),
          Map.entry(
              "customers over the cap of marketing mails",
              """
              select count(*) from (
                select customer_id from message
                 where node like 'Send\\_Mail\\_%' and status not in ('withheld', 'failed')
                 group by customer_id having count(*) > 2) over_cap
              """),
          Map.entry(
              "visits of one step more than once",
              """
              select count(*) from (
                select participation_id from node_visit
                 group by participation_id, node having count(*) > 1) repeated
              """),
          Map.entry(
              "App messages placed by nobody's message",
              """
              select count(*) from in_app_message i
               where not exists (
                 select from message m
                  where m.message_id = i.message_id and m.status in ('sent', 'delivered'))
              """));

  private static final String UNDER_WAY =
      """
      select (select count(*) from event_queue)
           + (select count(*) from enrolment where status = 'queued')
           + (select count(*) from outbox where not (state = 'later' and due_at > now() + interval '5 minutes'))
           + (select count(*) from evidence_unsealed)
           + (select count(*) from act_ru_job where process_def_key_ = 'chaos-storm')
           + (select count(*) from node_visit
               where left_at is null and node <> 'Farewell')
           + abs(:everybody - (select count(*) from participation))
           + abs(:waiting - (select count(*) from participation where left_at is null))
      """;

  private final CrashingPostgres postgres;
  private final int everybody;
  private final List<String> problems = new ArrayList<>();
  private final StringBuilder table = new StringBuilder();

  Audit(CrashingPostgres postgres, int everybody) {
    this.postgres = postgres;
    this.everybody = everybody;
  }

  /**
   * What was found.
   *
   * @param problems empty when all is well
   * @param table for people
   */
  record Result(List<String> problems, String table) {}

  /** Whether nothing is queued, due or under way any more. */
  boolean atRest() {
    try (Connection connection = postgres.connect()) {
      return client(connection)
              .sql(UNDER_WAY)
              .param("everybody", everybody)
              .param("waiting", waiting())
              .query(Long.class)
              .single()
          == 0;
    } catch (SQLException notNow) {
      return false;
    }
  }

  /** Who is not waved off. */
  private int waiting() {
    return everybody / 2;
  }

  Result read(Map<Channel, Map<String, Integer>> taken) throws SQLException {
    try (Connection connection = postgres.connect()) {
      JdbcClient jdbc = client(connection);
      if (!atRest()) {
        problems.add("not at rest in time: " + underWay(jdbc));
      }
      NOTHING.forEach((what, sql) -> expect(what, 0, jdbc.sql(sql).query(Long.class).single()));
      expect(
          "customers in the journey",
          everybody,
          jdbc.sql("select count(distinct customer_id) from participation")
              .query(Long.class)
              .single());
      steps(jdbc);
      messages(jdbc, taken);
      Verification chain = Chains.verify(new SingleConnectionDataSource(connection, true));
      table.append("%nevidence: %d links, whole: %s%n".formatted(chain.rows(), chain.whole()));
      if (!chain.whole()) {
        problems.add("evidence broken: " + chain.brokenAt());
      }
    }
    return new Result(List.copyOf(problems), table.toString());
  }

  private static String underWay(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select coalesce(string_agg(what || ' ' || n, ', '), '') from (
              select 'events' as what, count(*) as n from event_queue
              union all select 'queued', count(*) from enrolment where status = 'queued'
              union all select 'outbox ' || channel || ' ' || state, count(*)
                          from outbox group by channel, state
              union all select 'unsealed', count(*) from evidence_unsealed
              union all select 'jobs ' || coalesce(exception_msg_, ''), count(*)
                          from act_ru_job group by exception_msg_
              union all select 'at ' || node, count(*)
                          from node_visit where left_at is null group by node
              union all select 'in', count(*) from participation
              union all select 'enrolment ' || status || ' ' || coalesce(reason, ''), count(*)
                          from enrolment group by status, reason) all_of_it
            """)
        .query(String.class)
        .single();
  }

  private void expect(String what, long expected, long found) {
    if (found != expected) {
      problems.add("%s: %d instead of %d".formatted(what, found, expected));
    }
  }

  /** Whoever entered a step waits in it, failed, or left it for the next one. */
  private void steps(JdbcClient jdbc) {
    Map<String, Step> steps = new HashMap<>();
    jdbc.sql(
            """
            select node, count(*) as entered,
                   count(*) filter (where left_at is null and failed_since is null) as waiting,
                   count(*) filter (where left_at is null and failed_since is not null) as failed,
                   count(*) filter (where outcome = 'done') as done,
                   count(*) filter (where outcome = 'withheld') as withheld
              from node_visit group by node
            """)
        .query(
            row -> {
              steps.put(
                  row.getString("node"),
                  new Step(
                      row.getLong("entered"),
                      row.getLong("waiting"),
                      row.getLong("failed"),
                      row.getLong("done"),
                      row.getLong("withheld")));
            });
    table.append(
        "%-14s %8s %8s %8s %8s %8s%n"
            .formatted("step", "entered", "waiting", "failed", "done", "withheld"));
    long before = everybody;
    for (Map.Entry<String, String> one : Storm.SENDS) {
      String name = one.getKey();
      Step step = steps.getOrDefault(name, Step.NONE);
      table.append(
          "%-14s %8d %8d %8d %8d %8d%n"
              .formatted(name, step.entered, step.waiting, step.failed, step.done, step.withheld));
      expect(name + " entered", before, step.entered);
      expect(
          name + " accounted for",
          step.entered,
          step.waiting + step.failed + step.done + step.withheld);
      before = step.done + step.withheld;
    }
    Step sixth = steps.getOrDefault("Send_Mail_6", Step.NONE);
    if (sixth.withheld < everybody * REACHED) {
      problems.add("the cap stopped only %d of %d".formatted(sixth.withheld, everybody));
    }
    long refusing = IntStream.range(0, everybody).filter(Crowd::refusesTexts).count();
    expect(
        "withheld from who refused", refusing, steps.getOrDefault("Send_Sms", Step.NONE).withheld);
  }

  private record Step(long entered, long waiting, long failed, long done, long withheld) {
    static final Step NONE = new Step(0, 0, 0, 0, 0);
  }

  private void messages(JdbcClient jdbc, Map<Channel, Map<String, Integer>> taken) {
    Map<Channel, Line> lines = new EnumMap<>(Channel.class);
    Map<Channel, Map<String, Integer>> unclaimed = new EnumMap<>(Channel.class);
    taken.forEach((channel, names) -> unclaimed.put(channel, new HashMap<>(names)));
    jdbc.sql(
            """
            select m.message_id, c.ref, m.channel, m.status,
                   (select count(*) from chaos_unknown u where u.message_id = m.message_id) as unknown
              from message m join customer c on c.id = m.customer_id
             where m.journey_key = 'chaos-storm'
            """)
        .query(
            row -> {
              Channel channel = Channel.of(row.getString("channel"));
              String name =
                  name(channel, row.getObject("message_id", UUID.class), row.getString("ref"));
              Integer arrivals = unclaimed.getOrDefault(channel, new HashMap<>()).remove(name);
              lines
                  .computeIfAbsent(channel, key -> new Line())
                  .add(
                      row.getString("status"),
                      arrivals == null ? 0 : arrivals,
                      row.getInt("unknown"));
              check(
                  channel,
                  name,
                  row.getString("status"),
                  arrivals == null ? 0 : arrivals,
                  row.getInt("unknown"));
            });
    unclaimed.forEach((channel, left) -> expect(channel + " sent by nobody", 0, left.size()));
    table.append(
        "%n%-9s %8s %9s %8s %8s %8s %8s %8s %8s %9s%n"
            .formatted(
                "channel",
                "messages",
                "delivered",
                "sent",
                "failed",
                "withheld",
                "unknown",
                "taken",
                "again",
                "in doubt"));
    lines.forEach(
        (channel, line) -> {
          table.append(line.written(channel));
          if (channel != Channel.IN_APP && line.taken < line.messages * REACHED) {
            problems.add("%s: only %d of %d left".formatted(channel, line.taken, line.messages));
          }
        });
    expect("channels with messages", Storm.CHANNELS, lines.size());
  }

  private static String name(Channel channel, UUID message, String ref) {
    return switch (channel) {
      case SMS -> Crowd.mobile(Crowd.number(ref));
      case WECOM -> Crowd.device("wecom", Crowd.number(ref));
      case WECHAT -> Crowd.device("wechat", Crowd.number(ref));
      default -> message.toString();
    };
  }

  private void check(Channel channel, String name, String status, int arrivals, int unknown) {
    if (channel == Channel.IN_APP) {
      return;
    }
    String which = channel + " " + name + " (" + status + ")";
    int most = ONCE.contains(channel) ? 1 : 1 + unknown;
    if (arrivals > most) {
      problems.add(which + " arrived " + arrivals + " times, in doubt " + unknown + " times");
    }
    if (Set.of("sent", "delivered").contains(status) && arrivals == 0) {
      problems.add(which + " never arrived");
    }
    if (status.equals("withheld") && arrivals > 0) {
      problems.add(which + " was withheld and arrived");
    }
  }

  private static JdbcClient client(Connection connection) {
    return JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }

  /** One channel in the table. */
  private static final class Line {

    private final Map<String, Integer> byStatus = new HashMap<>();
    private int messages;
    private int taken;
    private int again;
    private int inDoubt;

    void add(String status, int arrivals, int unknown) {
      byStatus.merge(status, 1, Integer::sum);
      messages++;
      taken += Math.min(arrivals, 1);
      again += Math.max(arrivals - 1, 0);
      inDoubt += unknown;
    }

    String written(Channel channel) {
      return "%-9s %8d %9d %8d %8d %8d %8d %8d %8d %9d%n"
          .formatted(
              channel.code(),
              messages,
              of("delivered"),
              of("sent"),
              of("failed"),
              of("withheld"),
              of("unknown"),
              taken,
              again,
              inDoubt);
    }

    private int of(String status) {
      return byStatus.getOrDefault(status, 0);
    }
  }
}
