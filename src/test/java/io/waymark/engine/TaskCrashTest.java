package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkList;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers that meet a dying node: a transaction that is rolled back at its very end is what a kill
 * leaves behind. Every task is answered by two people's clicks at once, each of which may die.
 */
@WithTravellers
class TaskCrashTest {

  private static final int TASKS = 40;
  private static final int CLICKS = 3;

  @Autowired Travellers travellers;
  @Autowired AdvisorDesk desk;
  @Autowired WorkList workList;
  @Autowired TaskService tasks;
  @Autowired EvidenceLog evidence;
  @Autowired TransactionTemplate transaction;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void answers_of_a_dying_node_are_neither_lost_nor_given_twice() throws Exception {
    List<Traveller> customers =
        IntStream.range(0, TASKS)
            .mapToObj(
                i ->
                    travellers
                        .somebodyFor("risk-warning")
                        .does("redemption.large")
                        .entersByAudience("risk-warning"))
            .toList();
    List<String> waiting =
        customers.stream().map(one -> one.task("Task_Interview").getId()).toList();
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger killed = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> clicks = new ArrayList<>();
      for (int click = 0; click < CLICKS; click++) {
        boolean dies = click == 0;
        for (String task : waiting) {
          clicks.add(threads.submit(() -> answer(task, dies, answered, killed)));
        }
      }
      for (Future<?> click : clicks) {
        finished(click);
      }
    } finally {
      threads.shutdown();
    }
    // Who saw a conflict clicks again, as a person does.
    waiting.forEach(task -> answer(task, false, answered, killed));

    assertThat(killed.get()).isPositive();
    assertThat(answered.get()).isEqualTo(TASKS);
    for (int i = 0; i < TASKS; i++) {
      assertThat(workList.find(waiting.get(i)).orElseThrow().status())
          .isEqualTo(TaskStatus.COMPLETED);
      assertThat(tasks.createTaskQuery().taskId(waiting.get(i)).count()).isZero();
      assertThat(evidence.ofCustomer(customers.get(i).id()))
          .filteredOn(row -> row.kind() == EvidenceKind.TASK_COMPLETED)
          .hasSize(1);
      customers.get(i).goesOn().left("completed");
    }
  }

  private void answer(String task, boolean dies, AtomicInteger answered, AtomicInteger killed) {
    try {
      transaction.executeWithoutResult(
          status -> {
            desk.complete(task, "calm", "中途断电", Travellers.ADVISOR, List.of());
            if (dies) {
              throw new Killed();
            }
          });
      answered.incrementAndGet();
    } catch (Killed rolledBack) {
      killed.incrementAndGet();
    } catch (TaskRefusedException done) {
      assertThat(done.code()).isIn("not_open", "raced");
    }
  }

  /** Two who answer at once: one of them is told that somebody was faster. */
  private static void finished(Future<?> click) throws InterruptedException {
    try {
      click.get();
    } catch (ExecutionException lost) {
      assertThat(lost.getCause().getClass().getSimpleName())
          .isIn("OptimisticLockingException", "CannotAcquireLockException");
    }
  }
}
