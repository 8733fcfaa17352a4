package io.waymark.journey;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.springframework.scheduling.quartz.QuartzJobBean;

/**
 * One scheduled run of a journey's audience. The run is named by the moment it was due, so that a
 * recovered or repeated run asks nobody twice.
 */
@DisallowConcurrentExecution
class AudienceEntryJob extends QuartzJobBean {

  private final AudienceEntries entries;

  AudienceEntryJob(AudienceEntries entries) {
    this.entries = entries;
  }

  @Override
  protected void executeInternal(JobExecutionContext context) {
    Instant due = context.getScheduledFireTime().toInstant();
    entries.runOn(
        context.getMergedJobDataMap().getString(AudienceSchedules.JOURNEY),
        LocalDate.ofInstant(due, ExchangeCalendar.ZONE),
        DateTimeFormatter.ISO_INSTANT.format(due));
  }
}
