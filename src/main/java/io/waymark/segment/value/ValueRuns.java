package io.waymark.segment.value;

import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.stereotype.Component;

/** Starts a computation out of turn; one that is running is not disturbed, the new one waits. */
@Component
public class ValueRuns {

  private final Scheduler scheduler;

  ValueRuns(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Asks for a computation in the background, on any node. */
  public void start() {
    try {
      scheduler.triggerJob(JobKey.jobKey(ValueRun.NAME));
    } catch (SchedulerException e) {
      throw new IllegalStateException("The computation of scores could not be started", e);
    }
  }
}
