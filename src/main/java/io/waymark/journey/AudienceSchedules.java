package io.waymark.journey;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Keeps one Quartz trigger per live journey that customers enter by a scheduled audience. */
@Component
class AudienceSchedules {

  static final String GROUP = "journey-audience";
  static final String JOURNEY = "journey";

  private static final TimeZone ZONE = TimeZone.getTimeZone("Asia/Shanghai");

  private final JourneyVersions versions;
  private final Scheduler scheduler;
  private final boolean enabled;

  AudienceSchedules(
      JourneyVersions versions,
      Scheduler scheduler,
      @Value("${waymark.background.enabled:true}") boolean enabled) {
    this.versions = versions;
    this.scheduler = scheduler;
    this.enabled = enabled;
  }

  @EventListener(ApplicationReadyEvent.class)
  void atStart() throws SchedulerException {
    align();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void onChange(JourneysChanged changed) throws SchedulerException {
    align();
  }

  private synchronized void align() throws SchedulerException {
    if (!enabled) {
      return;
    }
    List<JourneyVersion> scheduled =
        versions.allLive().stream()
            .filter(version -> version.settings().entrySchedule() != null)
            .toList();
    Set<JobKey> wanted = new HashSet<>();
    for (JourneyVersion version : scheduled) {
      JobKey key = JobKey.jobKey(version.key(), GROUP);
      wanted.add(key);
      schedule(key, version);
    }
    for (JobKey key : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
      if (!wanted.contains(key)) {
        scheduler.deleteJob(key);
      }
    }
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
            .withIdentity(TriggerKey.triggerKey(version.key(), GROUP))
            .forJob(key)
            .withSchedule(
                CronScheduleBuilder.cronSchedule(version.settings().entrySchedule())
                    .inTimeZone(ZONE)
                    .withMisfireHandlingInstructionFireAndProceed())
            .build();
    scheduler.scheduleJob(job, Set.of(trigger), true);
  }
}
