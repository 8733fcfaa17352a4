package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.Providers;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.SmsSimulator;
import io.waymark.contact.lane.LaneSettings;
import io.waymark.contact.lane.SendingNodes;
import io.waymark.contact.lane.Throttles;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.trace.Traces;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a machine that stops leaves in doubt, and what it has written down by then. */
@ContactSlice
class CallingTest {

  private static final int AT_ONCE = 4;

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired Outbox outbox;
  @Autowired Departures departures;
  @Autowired Answers answers;
  @Autowired Unresolved unresolved;
  @Autowired Providers providers;
  @Autowired NextTexts nextTexts;
  @Autowired SendingNodes nodes;
  @Autowired ContactSettings settings;
  @Autowired LaneSettings limits;
  @Autowired SmsSimulator sms;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void nothingWaits() {
    ContactWorld.leaveFirst(dispatcher);
  }

  @AfterEach
  void behave() {
    FailingProvider.behave(Channel.SMS);
  }

  @Test
  void a_node_that_stops_leaves_in_doubt_only_what_it_was_calling() throws Exception {
    CountDownLatch calling = new CountDownLatch(AT_ONCE);
    CountDownLatch revived = new CountDownLatch(1);
    FailingProvider.always(
        Channel.SMS,
        (real, message) -> {
          calling.countDown();
          await(revived);
          throw new FailingProvider.Crash();
        });
    List<UUID> ids = texts(12);
    CompletableFuture<?> dying = CompletableFuture.runAsync(() -> lane(node()).run(12));
    assertThat(calling.await(30, TimeUnit.SECONDS)).as("four calls at once").isTrue();
    assertThat(states(ids, "sending")).hasSize(AT_ONCE);
    assertThat(states(ids, "taken")).hasSize(12 - AT_ONCE);

    FailingProvider.behave(Channel.SMS);
    clock.advance(Duration.ofMinutes(6));
    Dispatcher other = node();
    ContactWorld.leaveFirst(other);
    assertThat(states(ids, "awaiting")).hasSize(12 - AT_ONCE);
    assertThat(states(ids, "unknown")).hasSize(AT_ONCE);

    // Had it only been slow, it would still not call what another node has called by now.
    revived.countDown();
    assertThat(dying.handle((result, crash) -> crash).get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(states(ids, "awaiting")).hasSize(12 - AT_ONCE);
    assertThat(ids).allSatisfy(id -> assertThat(arrivals(id)).isLessThanOrEqualTo(1));
  }

  @Test
  void a_slow_node_calls_nothing_that_another_took_from_it() throws Exception {
    CountDownLatch calling = new CountDownLatch(AT_ONCE);
    CountDownLatch goOn = new CountDownLatch(1);
    FailingProvider.always(
        Channel.SMS,
        (real, message) -> {
          calling.countDown();
          await(goOn);
          return real.send(message);
        });
    List<UUID> ids = texts(12);
    CompletableFuture<?> slow = CompletableFuture.runAsync(() -> lane(node()).run(12));
    assertThat(calling.await(30, TimeUnit.SECONDS)).as("four calls at once").isTrue();
    clock.advance(Duration.ofMinutes(6));
    FailingProvider.behave(Channel.SMS);
    ContactWorld.leaveFirst(node());
    goOn.countDown();
    slow.get(60, TimeUnit.SECONDS);
    assertThat(ids).allSatisfy(id -> assertThat(arrivals(id)).isEqualTo(1));
    assertThat(states(ids, "awaiting")).hasSize(12);
  }

  @Test
  void an_answer_is_written_down_while_another_call_hangs() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    FailingProvider.next(
        Channel.SMS,
        (real, message) -> {
          await(hangs);
          return real.send(message);
        });
    List<UUID> ids = texts(12);
    CompletableFuture<?> lane = CompletableFuture.runAsync(() -> lane(node()).run(12));
    eventually(() -> states(ids, "awaiting").size() == 11);
    assertThat(states(ids, "sending")).hasSize(1);
    hangs.countDown();
    lane.get(30, TimeUnit.SECONDS);
    assertThat(states(ids, "awaiting")).hasSize(12);
  }

  @Test
  void an_answer_waits_for_a_database_that_was_away() throws Exception {
    jdbc.sql("create sequence if not exists refused_answers").update();
    jdbc.sql(
            """
            create or replace function refuse_answers() returns trigger language plpgsql as $$
            begin
              perform nextval('refused_answers');
              raise exception 'shutting down' using errcode = '57P01';
            end $$
            """)
        .update();
    jdbc.sql(
            """
            create or replace trigger refuse_answers before update of state on outbox for each row
              when (new.state = 'awaiting') execute function refuse_answers()
            """)
        .update();
    List<UUID> ids = texts(1);
    CompletableFuture<?> lane;
    try {
      lane = CompletableFuture.runAsync(() -> lane(node()).run(1));
      eventually(
          () -> jdbc.sql("select is_called from refused_answers").query(Boolean.class).single());
      assertThat(states(ids, "sending")).hasSize(1);
    } finally {
      jdbc.sql("drop trigger refuse_answers on outbox").update();
      jdbc.sql("drop function refuse_answers").update();
      jdbc.sql("drop sequence refused_answers").update();
    }
    lane.get(30, TimeUnit.SECONDS);
    assertThat(states(ids, "awaiting")).hasSize(1);
    assertThat(arrivals(ids.get(0))).isEqualTo(1);
  }

  /** A node that has not called the provider yet, and so does not know how fast it is. */
  private Dispatcher node() {
    return new Dispatcher(
        outbox,
        departures,
        answers,
        unresolved,
        providers,
        nextTexts,
        new Throttles(limits, nodes, clock),
        settings,
        limits,
        Traces.off(),
        clock);
  }

  private static Lane lane(Dispatcher node) {
    return node.lanes().stream()
        .filter(lane -> lane.channel() == Channel.SMS)
        .findFirst()
        .orElseThrow();
  }

  private List<UUID> texts(int count) {
    String template = world.template(Channel.SMS, Purpose.SERVICE);
    return world
        .send(world.people(count).stream().map(one -> world.request(one, template)).toList())
        .stream()
        .map(result -> ((Sent) result).messageId())
        .toList();
  }

  private List<UUID> states(List<UUID> ids, String state) {
    return ids.stream().filter(id -> world.state(id).equals(state)).toList();
  }

  private int arrivals(UUID id) {
    return sms.ledger().stream()
        .filter(line -> line.messageId().equals(id))
        .mapToInt(LedgerLine::arrivals)
        .sum();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("did not happen within thirty seconds").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
