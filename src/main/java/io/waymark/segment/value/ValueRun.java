package io.waymark.segment.value;

import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Asks every night for scores and tiers. */
@DisallowConcurrentExecution
class ValueRun implements Job {

  static final String NAME = "value-run";

  private final ValueRuns runs;

  ValueRun(ValueRuns runs) {
    this.runs = runs;
  }

  @Override
  public void execute(JobExecutionContext context) {
    runs.start("system");
  }

  /** When it runs: after the night's imports, before the first journeys of the day. */
  @Configuration(proxyBeanMethods = false)
  static class Schedule {

    @Bean
    JobDetail valueRunJob() {
      return JobBuilder.newJob(ValueRun.class).withIdentity(NAME).storeDurably().build();
    }

    @Bean
    Trigger valueRunTrigger(JobDetail valueRunJob) {
      return TriggerBuilder.newTrigger()
          .forJob(valueRunJob)
          .withIdentity(NAME)
          .withSchedule(CronScheduleBuilder.cronSchedule("0 30 5 * * ?"))
          .build();
    }
  }
}
