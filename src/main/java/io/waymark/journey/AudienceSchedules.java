package io.waymark.journey;

import io.waymark.segment.Schedule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps one Quartz trigger per live journey that customers enter by a scheduled audience. */
@Component
class AudienceSchedules {

  static final String GROUP = "journey-audience";
  static final String JOURNEY = "journey";

  private static final TimeZone ZONE = TimeZone.getTimeZone("Asia/Shanghai");

  private final JourneyVersions versions;
  private final Scheduler scheduler;
  private final TransactionTemplate transaction;

  AudienceSchedules(
      JourneyVersions versions, Scheduler scheduler, PlatformTransactionManager transactions) {
    this.versions = versions;
    this.scheduler = scheduler;
    this.transaction = new TransactionTemplate(transactions);
    // An approval is announced when it has committed; the scheduler's rows need their own commit.
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @EventListener(ApplicationReadyEvent.class)
  void atStart() {
    transaction.executeWithoutResult(status -> align());
  }

  @TransactionalEventListener(fallbackExecution = true)
  void onChange(JourneysChanged changed) {
    transaction.executeWithoutResult(status -> align());
  }

  private synchronized void align() {
    try {
      alignTriggers();
    } catch (SchedulerException failure) {
      throw new IllegalStateException("audience schedules could not be aligned", failure);
    }
  }

  private void alignTriggers() throws SchedulerException {
    List<JourneyVersion> scheduled =
        versions.allLive().stream()
            .filter(version -> version.settings().entrySchedule() != null)
            .toList();
    Set<JobKey> wanted = new HashSet<>();
    for (JourneyVersion version : scheduled) {
      JobKey key = JobKey.jobKey(version.key(), GROUP);
      wanted.add(key);
      if (!scheduledAlready(version)) {
        schedule(key, version);
      }
    }
    for (JobKey key : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
      if (!wanted.contains(key)) {
        scheduler.deleteJob(key);
      }
    }
  }

  /** A trigger is left as it is, or a run missed while nothing was up would be forgotten. */
  private boolean scheduledAlready(JourneyVersion version) throws SchedulerException {
    return scheduler.getTrigger(triggerOf(version)) instanceof CronTrigger trigger
        && trigger.getCronExpression().equals(cron(version))
        && trigger.getTimeZone().equals(ZONE);
  }

  private static String cron(JourneyVersion version) {
    return Schedule.read(String.valueOf(version.settings().entrySchedule())).cron();
  }

  private static TriggerKey triggerOf(JourneyVersion version) {
    return TriggerKey.triggerKey(version.key(), GROUP);
  }

  private void schedule(JobKey key, JourneyVersion version) throws SchedulerException {
    JobDetail job =
        JobBuilder.newJob(AudienceEntryJob.class)
            .withIdentity(key)
            .usingJobData(JOURNEY, version.key())
            .requestRecovery()
            .storeDurably()
            .build();
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(triggerOf(version))
            .forJob(key)
            .withSchedule(
                CronScheduleBuilder.cronSchedule(cron(version))
                    .inTimeZone(ZONE)
                    .withMisfireHandlingInstructionFireAndProceed())
            .build();
    scheduler.scheduleJob(job, Set.of(trigger), true);
  }
}
