package io.waymark.journey.publication;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.quartz.QuartzJobBean;

/** Runs the rounds of publication, on one node of the cluster at a time. */
@DisallowConcurrentExecution
class PublicationJob extends QuartzJobBean {

  private static final String NAME = "journey-publication";
  private static final int SECONDS = 10;

  private final PublicationRound round;

  PublicationJob(PublicationRound round) {
    this.round = round;
  }

  @Override
  protected void executeInternal(JobExecutionContext context) {
    round.run();
  }

  /** When it runs. */
  @Configuration(proxyBeanMethods = false)
  static class Schedule {

    @Bean
    JobDetail publicationJob() {
      return JobBuilder.newJob(PublicationJob.class).withIdentity(NAME).storeDurably().build();
    }

    @Bean
    Trigger publicationTrigger(JobDetail publicationJob) {
      return TriggerBuilder.newTrigger()
          .forJob(publicationJob)
          .withIdentity(NAME)
          .withSchedule(
              SimpleScheduleBuilder.repeatSecondlyForever(SECONDS)
                  .withMisfireHandlingInstructionNextWithRemainingCount())
          .build();
    }
  }
}
