package io.waymark.segment.cooling;

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

/** Looks for cooling-off among all customers every night, on one node. */
@DisallowConcurrentExecution
class CoolingSweep implements Job {

  private static final String NAME = "cooling-sweep";

  private final CoolingWatch watch;

  CoolingSweep(CoolingWatch watch) {
    this.watch = watch;
  }

  @Override
  public void execute(JobExecutionContext context) {
    watch.sweep();
  }

  /** When it runs: after the night's imports. */
  @Configuration(proxyBeanMethods = false)
  static class Schedule {

    @Bean
    JobDetail coolingSweepJob() {
      return JobBuilder.newJob(CoolingSweep.class).withIdentity(NAME).storeDurably().build();
    }

    @Bean
    Trigger coolingSweepTrigger(JobDetail coolingSweepJob) {
      return TriggerBuilder.newTrigger()
          .forJob(coolingSweepJob)
          .withIdentity(NAME)
          .withSchedule(CronScheduleBuilder.cronSchedule("0 15 5 * * ?"))
          .build();
    }
  }
}
