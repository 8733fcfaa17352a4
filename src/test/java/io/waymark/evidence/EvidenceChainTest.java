package io.waymark.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testing.DatabaseSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice
class EvidenceChainTest {

  private static final int ALL = 100_000;

  @Autowired EvidenceLog log;
  @Autowired EvidenceSealer sealer;
  @Autowired EvidenceVerifier verifier;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private final long customer = ThreadLocalRandom.current().nextLong(1L << 60);

  @BeforeEach
  void seal_what_other_tests_left() {
    sealer.sealNext(ALL);
  }

  @Test
  void a_sealed_chain_is_whole_and_its_head_moves_with_every_row() {
    append(3);
    sealer.sealNext(ALL);
    Verification before = verifier.verify();
    append(1);
    sealer.sealNext(ALL);
    Verification after = verifier.verify();

    assertThat(before.whole()).isTrue();
    assertThat(after.whole()).isTrue();
    assertThat(after.rows()).isEqualTo(before.rows() + 1);
    assertThat(after.headHash()).isNotEqualTo(before.headHash());
    assertThat(log.ofCustomer(customer)).allMatch(row -> row.sealNumber() != null);
  }

  @Test
  void one_changed_byte_is_found_and_named() {
    append(5);
    sealer.sealNext(ALL);
    EvidenceRow third = log.ofCustomer(customer).get(2);

    for (String change :
        List.of(
            "facts = replace(facts, '2', '3')",
            "actor = 'systen'",
            "subject = subject || ' '",
            "customer_id = customer_id + 1",
            "branch = 'SH02'",
            "kind = 'message_claimed'")) {
      Verification found = verifyAfter("update evidence set " + change + " where id = ?", third);

      assertThat(found.whole()).as(change).isFalse();
      assertThat(found.brokenAt()).as(change).contains("证据 " + third.id());
    }
    assertThat(verifier.verify().whole()).isTrue();
  }

  @Test
  void a_row_that_moved_in_time_or_vanished_is_found() {
    append(2);
    sealer.sealNext(ALL);
    EvidenceRow first = log.ofCustomer(customer).get(0);

    assertThat(
            verifyAfter(
                    "update evidence set at = at + interval '1 microsecond' where id = ?", first)
                .brokenAt())
        .contains("证据 " + first.id() + " 缺失");
    assertThat(verifyAfter("delete from evidence where id = ?", first).brokenAt())
        .contains("证据 " + first.id() + " 缺失");
    assertThat(verifyAfter("delete from evidence_seal where evidence_id = ?", first).brokenAt())
        .contains("链节 " + first.sealNumber() + " 缺失");
  }

  @Test
  void a_row_taken_out_of_the_queue_before_it_was_sealed_is_found() {
    append(1);
    EvidenceRow row = log.ofCustomer(customer).get(0);

    assertThat(verifyAfter("delete from evidence_unsealed where evidence_id = ?", row).brokenAt())
        .contains("证据 " + row.id())
        .contains("既未入链");
  }

  @Test
  void a_row_that_commits_late_with_a_lower_id_is_chained_after_the_others() throws Exception {
    CountDownLatch appended = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<?> late =
        threads.submit(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      log.append(entry("late"));
                      appended.countDown();
                      await(mayCommit);
                    }));
    await(appended);
    transaction.executeWithoutResult(status -> log.append(entry("early")));
    sealer.sealNext(ALL);
    mayCommit.countDown();
    late.get(10, TimeUnit.SECONDS);
    threads.shutdown();
    sealer.sealNext(ALL);

    List<EvidenceRow> rows = log.ofCustomer(customer);
    assertThat(rows).extracting(EvidenceRow::subject).containsExactly("late", "early");
    assertThat(rows.get(0).sealNumber()).isGreaterThan(sealNumber(rows.get(1)));
    assertThat(verifier.verify().whole()).isTrue();
  }

  @Test
  void parallel_committers_and_rival_sealers_leave_a_whole_chain_and_lose_nothing()
      throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      writers.add(threads.submit(this::writeForAWhile));
    }
    Callable<Integer> seal =
        () -> {
          int sealed = 0;
          while (writing.get()) {
            sealed += sealer.sealNext(7);
          }
          return sealed;
        };
    List<Future<Integer>> sealers = List.of(threads.submit(seal), threads.submit(seal));
    int committed = 0;
    for (Future<Integer> writer : writers) {
      committed += writer.get(60, TimeUnit.SECONDS);
    }
    writing.set(false);
    int sealed = 0;
    for (Future<Integer> rival : sealers) {
      sealed += rival.get(10, TimeUnit.SECONDS);
    }
    threads.shutdown();
    sealed += sealer.sealNext(ALL);

    assertThat(committed).isPositive();
    assertThat(sealed).isEqualTo(committed);
    assertThat(log.ofCustomer(customer))
        .hasSize(committed)
        .allMatch(row -> row.sealNumber() != null);
    assertThat(verifier.verify().whole()).isTrue();
    assertThat(sealer.lag()).isEqualTo(new SealingLag(0, null));
  }

  @Test
  void while_one_node_seals_another_does_nothing() throws Exception {
    append(1);
    ExecutorService otherNode = Executors.newSingleThreadExecutor();
    int other =
        transaction.execute(
            status -> {
              assertThat(sealer.sealNext(ALL)).isEqualTo(1);
              return get(otherNode.submit(() -> sealer.sealNext(ALL)));
            });
    otherNode.shutdown();

    assertThat(other).isZero();
  }

  @Test
  void the_lag_counts_rows_and_names_the_oldest() {
    append(2);

    assertThat(sealer.lag().rows()).isEqualTo(2);
    assertThat(sealer.lag().oldest()).isEqualTo(log.ofCustomer(customer).get(0).at());
  }

  private int writeForAWhile() {
    int committed = 0;
    for (int i = 0; i < 60; i++) {
      int rows = ThreadLocalRandom.current().nextInt(1, 4);
      boolean commits = ThreadLocalRandom.current().nextInt(10) > 0;
      transaction.executeWithoutResult(
          status -> {
            log.appendAll(Stream.generate(() -> entry("x")).limit(rows).toList());
            pauseUpTo(3);
            if (!commits) {
              status.setRollbackOnly();
            }
          });
      committed += commits ? rows : 0;
    }
    return committed;
  }

  /** What a verification sees after a tampering that is rolled back, with all triggers off. */
  private Verification verifyAfter(String tampering, EvidenceRow row) {
    return transaction.execute(
        status -> {
          status.setRollbackOnly();
          jdbc.sql("set local session_replication_role = replica").update();
          assertThat(jdbc.sql(tampering).param(row.id()).update()).isEqualTo(1);
          return verifier.verify();
        });
  }

  private void append(int rows) {
    transaction.executeWithoutResult(
        status -> {
          List<EvidenceEntry> entries = new ArrayList<>();
          for (int i = 0; i < rows; i++) {
            entries.add(entry("row"));
          }
          log.appendAll(entries);
        });
  }

  private EvidenceEntry entry(String subject) {
    return new EvidenceEntry(
        EvidenceKind.VERDICT, subject, customer, "SH01", "system", Map.of("code", "a2"));
  }

  private static long sealNumber(EvidenceRow row) {
    Long number = row.sealNumber();
    assertThat(number).isNotNull();
    return number == null ? -1 : number;
  }

  private static void pauseUpTo(int millis) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(millis + 1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int get(Future<Integer> future) {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
