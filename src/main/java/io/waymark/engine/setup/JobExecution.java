package io.waymark.engine.setup;

import io.waymark.engine.run.DueJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultJobConfiguration;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.TaskExecutor;

/** The job executor as configured under {@code camunda.bpm.job-execution}, in Waymark's form. */
@Configuration
class JobExecution {

  @Bean
  @ConditionalOnProperty(
      prefix = "camunda.bpm.job-execution",
      name = "enabled",
      havingValue = "true",
      matchIfMissing = true)
  JobExecutor jobExecutor(
      @Qualifier(DefaultJobConfiguration.JobConfiguration.CAMUNDA_TASK_EXECUTOR_QUALIFIER)
          TaskExecutor tasks,
      CamundaBpmProperties properties,
      @Lazy DueJobs due) {
    JobsTogether executor = new JobsTogether(due);
    BeanUtils.copyProperties(
        DefaultJobConfiguration.JobConfiguration.jobExecutor(tasks, properties), executor);
    return executor;
  }
}
