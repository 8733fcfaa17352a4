package io.waymark.segment.model;

import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Asks every night for what depends on the passing of time, on one node. */
@DisallowConcurrentExecution
class NightlyModels implements Job {

  private static final String NAME = "nightly-models";

  private final ObjectProvider<NightlyModel> models;

  NightlyModels(ObjectProvider<NightlyModel> models) {
    this.models = models;
  }

  @Override
  public void execute(JobExecutionContext context) {
    models.orderedStream().forEach(NightlyModel::askForTheNight);
  }

  /** When it runs: after scores and tiers were asked for. */
  @Configuration(proxyBeanMethods = false)
  static class Schedule {

    @Bean
    JobDetail nightlyModelsJob() {
      return JobBuilder.newJob(NightlyModels.class).withIdentity(NAME).storeDurably().build();
    }

    @Bean
    Trigger nightlyModelsTrigger(JobDetail nightlyModelsJob) {
      return TriggerBuilder.newTrigger()
          .forJob(nightlyModelsJob)
          .withIdentity(NAME)
          .withSchedule(CronScheduleBuilder.cronSchedule("0 40 5 * * ?"))
          .build();
    }
  }
}
