package io.waymark.engine.run;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Does jobs of many customers in one command of the engine, at most one job of each instance: what
 * falls due together is locked, loaded and written together. When anything fails all of it is
 * rolled back, and the caller does the jobs one by one with the engine's own retries and incidents.
 */
@Component
public class DueJobs {

  private final JdbcClient jdbc;
  private final EngineCommands commands;
  private final InstanceLoading instances;
  private final JourneyTransactions transactions;

  DueJobs(
      JdbcClient jdbc,
      EngineCommands commands,
      InstanceLoading instances,
      JourneyTransactions transactions) {
    this.jdbc = jdbc;
    this.commands = commands;
    this.instances = instances;
    this.transactions = transactions;
  }

  private record Due(String jobId, String processInstanceId, @Nullable String businessKey) {

    private @Nullable Long participation() {
      return BusinessKey.isOne(businessKey) ? BusinessKey.participation(businessKey) : null;
    }
  }

  /**
   * Does all of these jobs, or none.
   *
   * @throws RuntimeException when one of them fails; nothing of any has happened then
   */
  public void together(Collection<String> jobIds) {
    commands.together(
        () -> {
          List<Due> due = find(jobIds);
          transactions.know(due.stream().map(Due::participation).filter(Objects::nonNull).toList());
          instances.load(due.stream().map(Due::processInstanceId).toList());
          due.forEach(one -> execute(one.jobId()));
        });
  }

  /** Jobs that are still there; one may be gone since it was acquired. */
  private List<Due> find(Collection<String> jobIds) {
    return jdbc.sql(
            """
            select j.id_ as job_id, j.process_instance_id_ as process_instance_id,
                   e.business_key_ as business_key
              from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
             where j.id_ = any(:ids)
            """)
        .param("ids", jobIds.toArray(String[]::new))
        .query(Due.class)
        .list();
  }

  private static void execute(String jobId) {
    var context = Context.getCommandContext();
    JobEntity job = context.getDbEntityManager().selectById(JobEntity.class, jobId);
    // What an earlier job of the batch did may have ended what this one was for.
    if (job != null) {
      job.execute(context);
    }
  }
}
