package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.bench.Rounds;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.Providers;
import io.waymark.contact.lane.LaneSettings;
import io.waymark.contact.lane.Throttles;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.trace.Traces;
import io.waymark.testing.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the gate and delivery cost against writing the same rows without thinking, what a slow
 * provider takes from the other channels, and what a second node adds. Providers answer at once and
 * do nothing.
 */
@ContactSlice
class GateBench {

  private static final int MESSAGES = Integer.getInteger("waymark.bench.messages", 1_000);
  private static final int BATCH = 50;

  /** Every row one message leaves behind from its claim to its delivery. */
  private static final Map<String, String> ROWS =
      Map.of(
          "message", "message_id = any(?)",
          "message_claim", "message_id = any(?)",
          "verdict", "message_id = any(?)",
          "contact_reservation", "message_id = any(?)",
          "evidence", "subject = any(select 'message:' || id from unnest(?::uuid[]) id)",
          "customer_event", "event_id = any(select id || ':settled' from unnest(?::uuid[]) id)",
          "event_seen", "event_id = any(select id || ':settled' from unnest(?::uuid[]) id)");

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired Outbox outbox;
  @Autowired Departures departures;
  @Autowired Answers answers;
  @Autowired Unresolved unresolved;
  @Autowired Providers providers;
  @Autowired NextTexts nextTexts;
  @Autowired Throttles throttles;
  @Autowired ContactSettings settings;
  @Autowired LaneSettings limits;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private final Map<UUID, Integer> received = new ConcurrentHashMap<>();

  @AfterEach
  void behave() {
    FailingProvider.behave(Channel.EMAIL);
    FailingProvider.behave(Channel.SMS);
  }

  private void acceptAtOnce(Channel channel) {
    FailingProvider.always(
        channel,
        (real, message) -> {
          received.merge(message.messageId(), 1, Integer::sum);
          return new ProviderAnswer.Accepted("none");
        });
  }

  @Test
  void gate_and_delivery_against_bare_rows() throws Exception {
    acceptAtOnce(Channel.EMAIL);
    String template = world.template(Channel.EMAIL, Purpose.ACTIVITY);
    dispatcher.dispatchDue(100_000);
    List<UUID> sample = send(requests(MESSAGES, template));
    dispatcher.dispatchDue(MESSAGES);
    copyRows(sample);
    System.out.printf(
        "rows of one message: %.1f, bytes: %.0f%n",
        jdbc.sql("select sum(n) from bench_size").query(Double.class).single(),
        jdbc.sql("select sum(bytes) from bench_size").query(Double.class).single());

    Rounds.of("Gate, render, scan, outbox and dispatch", "messages/s", 5)
        .contestant("bare: one row of all bytes, INSERT; SKIP LOCKED; UPDATE", this::bareOneRow)
        .contestant("bare: the same rows in the same tables, without thinking", this::bareSameRows)
        .contestant(
            "Waymark: send in batches of 50, then dispatch",
            () -> {
              List<ContactRequest> requests = requests(MESSAGES, template);
              long start = System.nanoTime();
              send(requests);
              dispatcher.dispatchDue(MESSAGES);
              return rate(MESSAGES, start);
            })
        .contestant(
            "… send alone",
            () -> {
              List<ContactRequest> requests = requests(MESSAGES, template);
              long start = System.nanoTime();
              send(requests);
              double rate = rate(MESSAGES, start);
              dispatcher.dispatchDue(MESSAGES);
              return rate;
            })
        .contestant(
            "… dispatch alone",
            () -> {
              send(requests(MESSAGES, template));
              long start = System.nanoTime();
              dispatcher.dispatchDue(MESSAGES);
              return rate(MESSAGES, start);
            })
        .run();
  }

  @Test
  void a_slow_provider_against_the_other_channels() throws Exception {
    acceptAtOnce(Channel.EMAIL);
    FailingProvider.always(
        Channel.SMS,
        (real, message) -> {
          pause(1_000);
          return new ProviderAnswer.Accepted("slow");
        });
    String mail = world.template(Channel.EMAIL, Purpose.SERVICE);
    String text = world.template(Channel.SMS, Purpose.SERVICE);
    dispatcher.dispatchDue(100_000);
    Lane email = lane(dispatcher, Channel.EMAIL);
    Lane sms = lane(dispatcher, Channel.SMS);
    Rounds.of("E-mail beside a text-message provider that takes 1 s", "messages/s", 7)
        .contestant(
            "e-mail alone",
            () -> {
              send(requests(MESSAGES, mail));
              long start = System.nanoTime();
              email.run(MESSAGES);
              return rate(MESSAGES, start);
            })
        .contestant(
            "e-mail beside the slow channel",
            () -> {
              send(requests(200, text));
              send(requests(MESSAGES, mail));
              AtomicBoolean over = new AtomicBoolean();
              CompletableFuture<Void> slow =
                  CompletableFuture.runAsync(
                      () -> {
                        while (!over.get()) {
                          sms.run(8);
                        }
                      });
              pause(200);
              long start = System.nanoTime();
              email.run(MESSAGES);
              double rate = rate(MESSAGES, start);
              over.set(true);
              slow.join();
              jdbc.sql("delete from outbox where channel = 'sms'").update();
              return rate;
            })
        .run();
  }

  @Test
  void two_nodes_against_one() throws Exception {
    FailingProvider.always(
        Channel.EMAIL,
        (real, message) -> {
          received.merge(message.messageId(), 1, Integer::sum);
          pause(20);
          return new ProviderAnswer.Accepted("none");
        });
    String template = world.template(Channel.EMAIL, Purpose.SERVICE);
    Dispatcher second =
        new Dispatcher(
            outbox,
            departures,
            answers,
            unresolved,
            providers,
            nextTexts,
            throttles,
            settings,
            limits,
            Traces.off(),
            clock);
    dispatcher.dispatchDue(100_000);
    Rounds.of("Two nodes on one backlog, provider 20 ms", "messages/s", 5)
        .contestant("one node", () -> share(template, List.of(dispatcher)))
        .contestant("two nodes", () -> share(template, List.of(dispatcher, second)))
        .run();
    assertThat(received.values()).allMatch(times -> times == 1);
    System.out.printf("%d messages received, none twice%n", received.size());
  }

  private double share(String template, List<Dispatcher> nodes) {
    Set<UUID> ids = Set.copyOf(send(requests(MESSAGES, template)));
    long start = System.nanoTime();
    nodes.stream()
        .map(
            node ->
                CompletableFuture.runAsync(
                    () -> {
                      while (lane(node, Channel.EMAIL).run(MESSAGES) > 0) {
                        // Until nothing is left for this node.
                        continue;
                      }
                    }))
        .toList()
        .forEach(CompletableFuture::join);
    double rate = rate(MESSAGES, start);
    assertThat(received.keySet()).containsAll(ids);
    return rate;
  }

  private static Lane lane(Dispatcher node, Channel channel) {
    return node.lanes().stream()
        .filter(lane -> lane.channel() == channel)
        .findFirst()
        .orElseThrow();
  }

  private List<ContactRequest> requests(int count, String template) {
    return world.people(count).stream().map(person -> world.request(person, template)).toList();
  }

  private List<UUID> send(List<ContactRequest> requests) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < requests.size(); i += BATCH) {
      world
          .send(requests.subList(i, Math.min(i + BATCH, requests.size())))
          .forEach(result -> ids.add(((Sent) result).messageId()));
    }
    return ids;
  }

  /** Keeps the rows of some messages aside, by batch, and makes empty tables like theirs. */
  private void copyRows(List<UUID> ids) {
    UUID[] all = ids.toArray(UUID[]::new);
    jdbc.sql("drop table if exists bench_size").update();
    jdbc.sql("create table bench_size (tab text, n double precision, bytes double precision)")
        .update();
    ROWS.forEach(
        (table, condition) -> {
          jdbc.sql("drop table if exists bench_source_" + table).update();
          jdbc.sql(
                  "create table bench_source_%1$s as select row_number() over () %% %2$d as batch, t.* from %1$s t where %3$s"
                      .formatted(table, MESSAGES / BATCH, condition))
              .param(all)
              .update();
          jdbc.sql("drop table if exists bench_target_" + table).update();
          jdbc.sql("create table bench_target_%1$s (like %1$s including storage)".formatted(table))
              .update();
          jdbc.sql(
                  "insert into bench_size select '%1$s', count(*) / %2$d.0, sum(pg_column_size(t.*)) / %2$d.0 from bench_source_%1$s t"
                      .formatted(table, MESSAGES))
              .update();
        });
    jdbc.sql("drop table if exists bench_outbox").update();
    jdbc.sql(
            "create table bench_outbox (id bigint generated always as identity primary key, batch"
                + " int, state text not null, payload text not null)")
        .update();
    jdbc.sql("create index on bench_outbox (id) where state = 'ready'").update();
    jdbc.sql("analyze").update();
  }

  private double bareOneRow() {
    int bytes = jdbc.sql("select sum(bytes)::int from bench_size").query(Integer.class).single();
    String payload = "x".repeat(bytes);
    String[] rows = new String[BATCH];
    java.util.Arrays.fill(rows, payload);
    jdbc.sql("truncate bench_outbox").update();
    jdbc.sql("alter table bench_outbox alter column payload set storage external").update();
    long start = System.nanoTime();
    for (int batch = 0; batch < MESSAGES / BATCH; batch++) {
      transaction.executeWithoutResult(
          status ->
              jdbc.sql(
                      "insert into bench_outbox (state, payload) select 'ready', p from"
                          + " unnest(?::text[]) p")
                  .param(rows)
                  .update());
    }
    takeAndUpdate();
    return rate(MESSAGES, start);
  }

  private double bareSameRows() {
    ROWS.keySet().forEach(table -> jdbc.sql("truncate bench_target_" + table).update());
    jdbc.sql("truncate bench_outbox").update();
    List<String> inserts =
        ROWS.keySet().stream()
            .map(
                table -> {
                  String columns =
                      jdbc.sql(
                              "select string_agg(quote_ident(attname), ',' order by attnum) from"
                                  + " pg_attribute where attrelid = ?::regclass and attnum > 0 and"
                                  + " not attisdropped")
                          .param("bench_target_" + table)
                          .query(String.class)
                          .single();
                  return "insert into bench_target_%1$s (%2$s) select %2$s from bench_source_%1$s where batch = ?"
                      .formatted(table, columns);
                })
            .toList();
    long start = System.nanoTime();
    for (int batch = 0; batch < MESSAGES / BATCH; batch++) {
      int number = batch;
      transaction.executeWithoutResult(
          status -> {
            inserts.forEach(sql -> jdbc.sql(sql).param(number).update());
            jdbc.sql(
                    "insert into bench_outbox (state, payload) select 'ready', 'x' from"
                        + " generate_series(1, ?)")
                .param(BATCH)
                .update();
          });
    }
    takeAndUpdate();
    return rate(MESSAGES, start);
  }

  private void takeAndUpdate() {
    for (int batch = 0; batch < MESSAGES / BATCH; batch++) {
      transaction.executeWithoutResult(
          status -> {
            List<Long> ids =
                jdbc.sql(
                        "select id from bench_outbox where state = 'ready' order by id limit ? for"
                            + " update skip locked")
                    .param(BATCH)
                    .query(Long.class)
                    .list();
            jdbc.sql("update bench_outbox set state = 'sent' where id = any(?)")
                .param(ids.toArray(Long[]::new))
                .update();
          });
    }
  }

  private static double rate(int messages, long start) {
    return messages * 1e9 / (System.nanoTime() - start);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
