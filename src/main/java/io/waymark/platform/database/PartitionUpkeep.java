package io.waymark.platform.database;

import java.time.Clock;
import java.time.YearMonth;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;

/**
 * Keeps the partitions of last month to three months ahead, at start-up and every night; a failed
 * night is made up for by the next, long before a month is needed.
 */
@DisallowConcurrentExecution
class PartitionUpkeep implements Job {

  private static final Logger log = LoggerFactory.getLogger(PartitionUpkeep.class);
  private static final int MONTHS = 5;

  private final MonthPartitions partitions;
  private final Clock clock;

  PartitionUpkeep(MonthPartitions partitions, Clock clock) {
    this.partitions = partitions;
    this.clock = clock;
  }

  @Override
  public void execute(JobExecutionContext context) {
    run();
  }

  void run() {
    YearMonth first = YearMonth.now(clock).minusMonths(1);
    for (String table : partitions.tables()) {
      try {
        partitions.ensure(table, first, MONTHS);
      } catch (DataAccessException refused) {
        log.warn(
            "No new partitions for table {}, the next night tries again: {}",
            table,
            refused.getMostSpecificCause().getMessage());
      }
    }
  }

  /** When the upkeep runs. */
  @Configuration(proxyBeanMethods = false)
  static class Schedule {

    @Bean
    SmartInitializingSingleton partitionsAtStart(MonthPartitions partitions, Clock clock) {
      return () -> new PartitionUpkeep(partitions, clock).run();
    }

    @Bean
    JobDetail partitionUpkeepJob() {
      return JobBuilder.newJob(PartitionUpkeep.class)
          .withIdentity("partition-upkeep")
          .storeDurably()
          .build();
    }

    @Bean
    Trigger partitionUpkeepTrigger(JobDetail partitionUpkeepJob) {
      return TriggerBuilder.newTrigger()
          .forJob(partitionUpkeepJob)
          .withIdentity("partition-upkeep")
          .withSchedule(CronScheduleBuilder.cronSchedule("0 40 3 * * ?"))
          .build();
    }
  }
}
