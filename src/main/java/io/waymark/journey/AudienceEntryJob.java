package io.waymark.journey;

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
    String run = DateTimeFormatter.ISO_INSTANT.format(context.getScheduledFireTime().toInstant());
    entries.run(context.getMergedJobDataMap().getString(AudienceSchedules.JOURNEY), run);
  }
}
