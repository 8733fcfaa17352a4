package io.waymark.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice("io.waymark.experiment")
class AssignmentsTest {

  private static final SortedMap<String, Integer> HALVES = VariantWeights.parse("A:50,B:50");

  @Autowired Assignments assignments;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  @Test
  void a_variant_once_given_stays_when_the_weights_change() {
    var first = new TreeMap<Long, String>();
    for (long customer = 1; customer <= 50; customer++) {
      first.put(customer, assignments.assign("stays", customer, "SH01", HALVES));
    }
    var onlyC = VariantWeights.parse("A:0,B:0,C:1");

    first.forEach(
        (customer, variant) ->
            assertThat(assignments.assign("stays", customer, "SH01", onlyC)).isEqualTo(variant));
    assertThat(first.values()).contains("A", "B");
    assertThat(assignments.assign("stays", 51, "SH01", onlyC)).isEqualTo("C");
  }

  @Test
  void transactions_that_ask_at_once_get_one_answer() throws Exception {
    int parallel = 6;
    var start = new CyclicBarrier(parallel);
    List<Callable<String>> askers = new ArrayList<>();
    for (int i = 0; i < parallel; i++) {
      // Each asker would draw another variant, so a lost race would show.
      var own = VariantWeights.parse("V" + i + ":1");
      askers.add(
          () ->
              transaction.execute(
                  status -> {
                    await(start);
                    return assignments.assign("race", 1, "SH01", own);
                  }));
    }
    var threads = Executors.newFixedThreadPool(parallel);
    try {
      List<String> answers = new ArrayList<>();
      for (Future<String> answer : threads.invokeAll(askers)) {
        answers.add(answer.get());
      }
      assertThat(answers).hasSize(parallel).containsOnly(answers.get(0));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_rolled_back_step_is_given_the_same_variant_when_it_runs_again() {
    String first =
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              return assignments.assign("again", 7, "SH01", HALVES);
            });

    assertThat(
            jdbc.sql("select count(*) from experiment_assignment where experiment = 'again'")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(assignments.assign("again", 7, "SH01", HALVES)).isEqualTo(first);
  }

  @Test
  void weights_without_any_share_are_refused() {
    assertThatThrownBy(
            () -> assignments.assign("none", 1, "SH01", new TreeMap<>(java.util.Map.of("A", 0))))
        .hasMessageContaining("没有任何大于 0");
  }

  @Test
  void a_larger_holdout_keeps_everybody_already_held_out() {
    List<Long> ten = heldOut(10);
    List<Long> twenty = heldOut(20);

    assertThat(twenty).containsAll(ten);
    assertThat(ten.size()).isBetween(9_500, 10_500);
    assertThat(twenty.size()).isBetween(19_400, 20_600);
    assertThat(heldOut(0)).isEmpty();
    assertThat(heldOut(100)).hasSize(100_000);
  }

  private List<Long> heldOut(int percent) {
    return LongStream.rangeClosed(1, 100_000)
        .filter(customer -> assignments.heldOut("fund-dca", customer, percent))
        .boxed()
        .toList();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
