package io.waymark.engine.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.junit.jupiter.api.Test;

/** How acquired jobs are put together. */
class JobsTogetherTest {

  @Test
  void jobs_of_one_instance_stay_in_their_order_and_single_jobs_come_fifty_at_a_time() {
    AcquiredJobs acquired = new AcquiredJobs(200);
    acquired.addJobIdBatch(List.of("a1", "a2"));
    IntStream.range(0, 120).forEach(n -> acquired.addJobIdBatch("s" + n));

    List<List<String>> batches = JobsTogether.regrouped(acquired).getJobIdBatches();

    assertThat(batches.get(0)).containsExactly("a1", "a2");
    assertThat(batches.stream().map(List::size)).containsExactly(2, 50, 50, 20);
    assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(122);
  }
}
