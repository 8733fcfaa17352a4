package io.waymark.segment.live;

import io.waymark.segment.Audience;
import io.waymark.segment.AudienceSaved;
import io.waymark.segment.Audiences;
import io.waymark.segment.Schedule;
import java.util.HashSet;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
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

/** Keeps one Quartz trigger per scheduled audience, and one for the nightly upkeep. */
@Component
class DrawSchedules {

  static final String GROUP = "audience-draw";

  private static final TimeZone ZONE = TimeZone.getTimeZone("Asia/Shanghai");
  private static final JobKey UPKEEP = JobKey.jobKey("audience-upkeep");
  private static final String EVERY_NIGHT = "0 20 2 * * ?";

  private final Audiences audiences;
  private final Scheduler scheduler;
  private final TransactionTemplate transaction;

  DrawSchedules(Audiences audiences, Scheduler scheduler, PlatformTransactionManager transactions) {
    this.audiences = audiences;
    this.scheduler = scheduler;
    this.transaction = new TransactionTemplate(transactions);
    // A saved audience is announced when it has committed; the scheduler's rows commit by
    // themselves.
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @EventListener(ApplicationReadyEvent.class)
  void atStart() {
    transaction.executeWithoutResult(status -> align());
  }

  @TransactionalEventListener(fallbackExecution = true)
  void onChange(AudienceSaved saved) {
    transaction.executeWithoutResult(status -> align());
  }

  private synchronized void align() {
    try {
      keep(UPKEEP, EVERY_NIGHT, null);
      Set<JobKey> wanted = new HashSet<>();
      for (Audience audience : audiences.all()) {
        String schedule = audience.schedule();
        if (schedule != null) {
          JobKey key = JobKey.jobKey(audience.code(), GROUP);
          wanted.add(key);
          keep(key, Schedule.read(schedule).cron(), audience.code());
        }
      }
      for (JobKey key : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
        if (!wanted.contains(key)) {
          scheduler.deleteJob(key);
        }
      }
    } catch (SchedulerException failure) {
      throw new IllegalStateException("audience schedules could not be aligned", failure);
    }
  }

  /** A trigger is left as it is, or a draw missed while nothing was up would be forgotten. */
  private void keep(JobKey key, String cron, @Nullable String audience) throws SchedulerException {
    TriggerKey triggerKey = TriggerKey.triggerKey(key.getName(), key.getGroup());
    if (scheduler.getTrigger(triggerKey) instanceof CronTrigger trigger
        && trigger.getCronExpression().equals(cron)
        && trigger.getTimeZone().equals(ZONE)) {
      return;
    }
    JobBuilder job = JobBuilder.newJob(Draws.class).withIdentity(key).storeDurably();
    JobDetail detail =
        audience == null ? job.build() : job.usingJobData(Draws.AUDIENCE, audience).build();
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(triggerKey)
            .forJob(key)
            .withSchedule(
                CronScheduleBuilder.cronSchedule(cron)
                    .inTimeZone(ZONE)
                    .withMisfireHandlingInstructionFireAndProceed())
            .build();
    scheduler.scheduleJob(detail, Set.of(trigger), true);
  }
}
