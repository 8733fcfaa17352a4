package io.waymark.engine.setup;

import io.waymark.engine.run.DueJobs;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.camunda.bpm.engine.impl.jobexecutor.SequentialJobAcquisitionRunnable;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's job executor, except that jobs acquired together are done together: up to {@value
 * #MOST} per transaction, at most one of each instance. A batch that fails is done one by one as
 * the engine always does it, so that retries and incidents are those of the one job that failed.
 */
class JobsTogether extends SpringJobExecutor {

  private static final Logger log = LoggerFactory.getLogger(JobsTogether.class);

  /** As many as an enrolment batch: beyond, nothing is gained and more is held locked. */
  static final int MOST = 50;

  private final DueJobs due;

  JobsTogether(DueJobs due) {
    this.due = due;
  }

  @Override
  protected void ensureInitialization() {
    super.ensureInitialization();
    acquireJobsRunnable =
        new SequentialJobAcquisitionRunnable(this) {
          @Override
          protected void executeJobs(
              JobAcquisitionContext context, ProcessEngineImpl engine, AcquiredJobs acquired) {
            super.executeJobs(context, engine, regrouped(acquired));
          }
        };
  }

  /** Jobs of one instance come as one list and stay one; single jobs of others are put together. */
  static AcquiredJobs regrouped(AcquiredJobs acquired) {
    AcquiredJobs regrouped = new AcquiredJobs(acquired.getNumberOfJobsAttemptedToAcquire());
    List<String> singles = new ArrayList<>();
    for (List<String> jobs : acquired.getJobIdBatches()) {
      if (jobs.size() > 1) {
        regrouped.addJobIdBatch(jobs);
      } else {
        singles.addAll(jobs);
      }
    }
    for (int from = 0; from < singles.size(); from += MOST) {
      int to = Math.min(from + MOST, singles.size());
      regrouped.addJobIdBatch(new ArrayList<>(singles.subList(from, to)));
    }
    return regrouped;
  }

  @Override
  public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
    ExecuteJobsRunnable oneByOne = new ExecuteJobsRunnable(jobIds, engine);
    return () -> {
      if (!doneTogether(jobIds)) {
        oneByOne.run();
      }
    };
  }

  private boolean doneTogether(List<String> jobIds) {
    if (jobIds.size() == 1) {
      return false;
    }
    try {
      due.together(jobIds);
      return true;
    } catch (RuntimeException failure) {
      log.info(
          "{} due jobs together failed ({}), doing them one by one",
          jobIds.size(),
          failure.toString());
      return false;
    }
  }
}
