package io.waymark.customer.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.People;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One customer's trouble is not another's: parked events, and a customer with a mountain of them.
 */
@DatabaseSlice("io.waymark.customer")
class EventQueueBacklogTest {

  private static final BranchScope EVERYWHERE = BranchScope.everywhere();

  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired EventQueue queue;
  @Autowired ParkedEvents parked;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired StatementCounter statements;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  String anna = "";
  String ben = "";

  @BeforeEach
  void customersAndAnEmptyQueue() {
    People.open(branches);
    CustomerRecord one = People.somebody();
    CustomerRecord two = People.somebody();
    customers.importAll(List.of(one, two), "tester");
    anna = one.ref();
    ben = two.ref();
    jdbc.sql("delete from event_queue").update();
    jdbc.sql("delete from event_parked").update();
  }

  @Test
  void a_parked_event_lets_the_later_ones_go_on_and_is_listed() {
    arrive(anna, "a1", "a2");
    queue.park(seqOf("a1"), "boom");

    assertThat(taken()).containsExactly("a2");
    assertThat(parked.page(EVERYWHERE, 0, 10))
        .extracting(ParkedEvent::type, ParkedEvent::reason, ParkedEvent::attempts)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("a1", "boom", 1));
    assertThat(parked.page(BranchScope.of(People.OTHER_BRANCH), 0, 10)).isEmpty();
  }

  @Test
  void a_parked_event_comes_again_behind_the_others_when_an_operator_says_so() {
    arrive(anna, "a1", "a2");
    queue.park(seqOf("a1"), "boom");
    long id = parked.page(EVERYWHERE, 0, 1).get(0).id();

    assertThat(parked.retry(id, BranchScope.of(People.OTHER_BRANCH), "op")).isFalse();
    assertThat(parked.retry(id, EVERYWHERE, "op")).isTrue();
    assertThat(taken()).containsExactly("a2", "a1");
    assertThat(parked.page(EVERYWHERE, 0, 1)).isEmpty();
    assertThat(parked.retry(id, EVERYWHERE, "op")).isFalse();
  }

  @Test
  void a_dropped_event_is_proved_and_never_comes_again() {
    arrive(anna, "a1");
    long seq = seqOf("a1");
    queue.park(seq, "boom");

    assertThat(parked.drop(parked.page(EVERYWHERE, 0, 1).get(0).id(), EVERYWHERE, "op")).isTrue();
    assertThat(taken()).isEmpty();
    assertThat(
            jdbc.sql("select actor from evidence where kind = 'event_dropped' and subject = ?")
                .param("event:" + seq)
                .query(String.class)
                .list())
        .containsExactly("op");
  }

  @Test
  void a_hundred_thousand_events_of_one_customer_cost_one_pass_and_no_look_each() throws Exception {
    arrive(anna, "a1");
    jdbc.sql(
            """
            insert into event_queue (seq, occurred_at, customer_id, branch, due_at)
            select seq, occurred_at, customer_id, branch, due_at
              from event_queue, generate_series(1, 100000)
            """)
        .update();
    arrive(ben, "b1");
    jdbc.sql("analyze event_queue").update();
    queue.retryAt(seqOf("a1"), clock.instant().plus(Duration.ofHours(1)), "poison");

    List<String> asked =
        statements.during(() -> assertThat(taken()).as("the other one").containsExactly("b1"));
    String heads =
        asked.stream().filter(sql -> sql.contains("skip locked")).reduce((a, b) -> b).orElseThrow();
    assertThat(pages(heads)).isLessThan(20_000);
  }

  /** Pages the last look at the queue touches; a look per row touches three each. */
  private long pages(String heads) throws Exception {
    String plan =
        transaction.execute(
            status ->
                jdbc.sql("explain (analyze, buffers, format json) " + heads)
                    .params(Integer.MAX_VALUE, Columns.timestamp(clock.instant()), 50)
                    .query(String.class)
                    .single());
    JsonNode top = new ObjectMapper().readTree(plan).get(0).get("Plan");
    return top.get("Shared Hit Blocks").asLong() + top.get("Shared Read Blocks").asLong();
  }

  private void arrive(String ref, String... types) {
    for (String type : types) {
      events.accept(
          "test",
          List.of(new IncomingEvent(ref + "-" + type, ref, type, clock.instant(), Map.of())));
    }
  }

  private List<String> taken() {
    return transaction.execute(
        status -> {
          List<QueuedEvent> next = queue.lockNext(50, clock.instant());
          queue.done(next.stream().map(q -> q.event().seq()).toList());
          return next.stream().map(q -> q.event().type()).toList();
        });
  }

  private long seqOf(String type) {
    return events
        .ofCustomer(customers.idsOf(List.of(anna)).get(anna), clock.instant().plusSeconds(1), 10)
        .stream()
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow()
        .seq();
  }
}
