package io.waymark.customer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.People;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice("io.waymark.customer")
class EventQueueTest {

  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired EventQueue queue;
  @Autowired Arrivals arrivals;
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
    // The queue is one for all; what other tests left in it is not what these tests are about.
    transaction.executeWithoutResult(status -> drain());
  }

  @Test
  void a_customers_events_come_in_order_of_arrival() {
    arrive(anna, "a1", "a2");
    arrive(ben, "b1");
    arrive(anna, "a3");
    assertThat(taken()).containsExactly("a1", "a2", "b1", "a3");
  }

  @Test
  void what_is_done_is_gone_and_what_is_not_done_comes_again() {
    arrive(anna, "a1", "a2");
    transaction.executeWithoutResult(status -> queue.done(List.of(next(10).get(0).event().seq())));
    assertThat(taken()).containsExactly("a2");
  }

  @Test
  void a_failed_transaction_leaves_the_queue_as_it_was() {
    arrive(anna, "a1");
    transaction.executeWithoutResult(
        status -> {
          queue.done(seqs(next(10)));
          status.setRollbackOnly();
        });
    assertThat(taken()).containsExactly("a1");
  }

  @Test
  void an_event_put_back_holds_up_its_customer_alone_until_it_is_due() {
    arrive(anna, "a1", "a2");
    arrive(ben, "b1");
    long seq = seqOf("a1");
    queue.retryAt(seq, clock.instant().plus(Duration.ofMinutes(5)), "wait_not_reached");
    assertThat(taken()).containsExactly("b1");
    clock.advance(Duration.ofMinutes(5));
    transaction.executeWithoutResult(
        status -> {
          List<QueuedEvent> next = next(10);
          assertThat(next).extracting(QueuedEvent::attempts).containsExactly(1, 0);
          assertThat(types(next)).containsExactly("a1", "a2");
        });
  }

  @Test
  void an_event_put_back_from_the_middle_holds_up_only_what_follows() {
    arrive(anna, "a1", "a2", "a3");
    queue.retryAt(seqOf("a2"), clock.instant().plus(Duration.ofMinutes(5)), "later");
    assertThat(taken()).containsExactly("a1");
  }

  @Test
  void two_consumers_never_work_on_one_customer_at_once() throws Exception {
    arrive(anna, "a1", "a2");
    arrive(ben, "b1");
    whileAnotherHas(
        1,
        held -> {
          assertThat(held).containsExactly("a1");
          assertThat(taken()).containsExactly("b1");
        });
    assertThat(taken()).containsExactly("a1", "a2");
  }

  @Test
  void an_event_that_becomes_the_first_while_its_customer_is_worked_on_waits() throws Exception {
    arrive(anna, "a2");
    long later = queueId("a2");
    whileAnotherHas(
        10,
        held -> {
          assertThat(held).containsExactly("a2");
          // As when an earlier transaction commits after a later one.
          jdbc.sql(
                  """
                  insert into event_queue (id, seq, occurred_at, customer_id, branch, due_at)
                  overriding system value
                  select -id, seq, occurred_at, customer_id, branch, due_at
                    from event_queue where id = ?
                  """)
              .param(later)
              .update();
          assertThat(taken()).isEmpty();
        });
  }

  @Test
  void many_consumers_share_the_work_and_keep_each_customers_order() throws Exception {
    List<String> refs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      CustomerRecord record = People.somebody();
      customers.importAll(List.of(record), "tester");
      refs.add(record.ref());
    }
    for (int round = 0; round < 10; round++) {
      List<IncomingEvent> batch = new ArrayList<>();
      for (String ref : refs) {
        batch.add(
            new IncomingEvent(ref + "-" + round, ref, "e" + round, clock.instant(), Map.of()));
      }
      events.accept("test", batch);
    }
    Map<Long, List<String>> seen = new ConcurrentHashMap<>();
    Set<Long> busy = ConcurrentHashMap.newKeySet();
    List<String> clashes = new ArrayList<>();
    Callable<Integer> consumer =
        () -> {
          int count = 0;
          for (int empty = 0; empty < 20; ) {
            Integer got =
                transaction.execute(
                    status -> {
                      List<QueuedEvent> next = next(7);
                      Set<Long> mine = new HashSet<>();
                      next.forEach(q -> mine.add(q.event().customerId()));
                      mine.forEach(
                          id -> {
                            if (!busy.add(id)) {
                              clashes.add("customer " + id);
                            }
                          });
                      for (QueuedEvent q : next) {
                        seen.computeIfAbsent(q.event().customerId(), id -> new ArrayList<>())
                            .add(q.event().type());
                      }
                      queue.done(seqs(next));
                      busy.removeAll(mine);
                      return next.size();
                    });
            count += got == null ? 0 : got;
            empty = got == null || got == 0 ? empty + 1 : 0;
          }
          return count;
        };
    int total = 0;
    for (Integer count : together(4, consumer)) {
      total += count;
    }
    assertThat(clashes).isEmpty();
    assertThat(total).isEqualTo(120);
    assertThat(seen).hasSize(12);
    assertThat(seen.values())
        .allSatisfy(
            types ->
                assertThat(types)
                    .containsExactly("e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9"));
  }

  @Test
  void an_event_is_redelivered_for_one_participation() {
    arrive(anna, "a1");
    long seq = seqOf("a1");
    taken();
    arrivals.clear();
    queue.redeliver(seq, 77);
    assertThat(arrivals.counts()).containsExactly(1);
    transaction.executeWithoutResult(
        status -> {
          List<QueuedEvent> next = next(10);
          assertThat(next).hasSize(1);
          assertThat(next.get(0).event().seq()).isEqualTo(seq);
          assertThat(next.get(0).participationId()).isEqualTo(77);
        });
  }

  @Test
  void taking_an_event_off_the_queue_does_not_take_its_redelivery_with_it() {
    arrive(anna, "a1");
    queue.redeliver(seqOf("a1"), 77);
    Map<String, Long> participations = new HashMap<>();
    for (String round : List.of("first", "second")) {
      transaction.executeWithoutResult(
          status -> {
            List<QueuedEvent> next = next(10);
            assertThat(next).hasSize(1);
            Long participation = next.get(0).participationId();
            participations.put(round, participation == null ? 0L : participation);
            queue.done(seqs(next));
          });
    }
    assertThat(participations).isEqualTo(Map.of("first", 0L, "second", 77L));
    assertThat(taken()).isEmpty();
  }

  @Test
  void taking_takes_three_statements() {
    arrive(anna, "a1", "a2");
    arrive(ben, "b1");
    transaction.executeWithoutResult(
        status -> assertThat(statements.during(() -> next(100))).hasSize(3));
  }

  @Test
  void events_are_taken_in_a_transaction_only() {
    assertThatThrownBy(() -> queue.lockNext(1, clock.instant()))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  private interface Meanwhile {
    void check(List<String> held) throws Exception;
  }

  /** Lets another consumer take {@code max} events and keep them while {@code meanwhile} runs. */
  private void whileAnotherHas(int max, Meanwhile meanwhile) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    List<String> held = new ArrayList<>();
    CountDownLatch taken = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> holding =
          other.submit(
              () ->
                  transaction.executeWithoutResult(
                      status -> {
                        held.addAll(types(next(max)));
                        taken.countDown();
                        await(over);
                      }));
      await(taken);
      meanwhile.check(held);
      over.countDown();
      holding.get(10, TimeUnit.SECONDS);
    } finally {
      over.countDown();
      other.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(executor.submit(work));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get(60, TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      executor.shutdownNow();
    }
  }

  private void arrive(String ref, String... types) {
    for (String type : types) {
      events.accept(
          "test",
          List.of(new IncomingEvent(ref + "-" + type, ref, type, clock.instant(), Map.of())));
    }
  }

  private List<QueuedEvent> next(int max) {
    return queue.lockNext(max, clock.instant());
  }

  /** Takes everything that can be had, in one transaction that commits. */
  private List<String> taken() {
    List<String> types =
        transaction.execute(
            status -> {
              List<QueuedEvent> next = next(100);
              queue.done(seqs(next));
              return types(next);
            });
    return types == null ? List.of() : types;
  }

  private void drain() {
    Instant end = clock.instant().plus(Duration.ofDays(10_000));
    for (List<QueuedEvent> next = queue.lockNext(500, end);
        !next.isEmpty();
        next = queue.lockNext(500, end)) {
      queue.done(seqs(next));
    }
  }

  private long seqOf(String type) {
    return events.ofCustomer(idOf(anna), clock.instant().plusSeconds(1), 10).stream()
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow()
        .seq();
  }

  private long queueId(String type) {
    return jdbc.sql("select id from event_queue where seq = ?")
        .param(seqOf(type))
        .query(Long.class)
        .single();
  }

  private long idOf(String ref) {
    return customers.idsOf(List.of(ref)).get(ref);
  }

  private static List<Long> seqs(List<QueuedEvent> queued) {
    return queued.stream().map(q -> q.event().seq()).toList();
  }

  private static List<String> types(List<QueuedEvent> queued) {
    return queued.stream().map(q -> q.event().type()).toList();
  }
}
