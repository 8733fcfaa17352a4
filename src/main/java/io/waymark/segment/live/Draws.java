package io.waymark.segment.live;

import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.segment.Audiences;
import io.waymark.segment.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One draw of a scheduled audience, and the nightly upkeep of all of them. */
@DisallowConcurrentExecution
class Draws implements Job {

  static final String AUDIENCE = "audience";

  private static final Logger log = LoggerFactory.getLogger(Draws.class);

  private final Audiences audiences;
  private final KeptAudiences kept;
  private final Snapshots snapshots;
  private final ExchangeCalendar calendar;
  private final Clock clock;

  Draws(
      Audiences audiences,
      KeptAudiences kept,
      Snapshots snapshots,
      ExchangeCalendar calendar,
      Clock clock) {
    this.audiences = audiences;
    this.kept = kept;
    this.snapshots = snapshots;
    this.calendar = calendar;
    this.clock = clock;
  }

  @Override
  public void execute(JobExecutionContext context) {
    String code = context.getMergedJobDataMap().getString(AUDIENCE);
    if (code == null) {
      snapshots.purge(clock.instant());
      kept.refillAll();
    } else {
      draw(code, context.getScheduledFireTime().toInstant());
    }
  }

  /** Draws unless the schedule is for trading days and the day it fell due on is none. */
  void draw(String code, Instant due) {
    audiences
        .find(code)
        .filter(audience -> audience.schedule() != null)
        .map(audience -> Schedule.read(String.valueOf(audience.schedule())))
        .filter(schedule -> !schedule.tradingDaysOnly() || trades(code, due))
        .ifPresent(schedule -> kept.draw(code, clock.instant()));
  }

  /** A day whose calendar is unknown is not guessed: the draw is left out and cried about. */
  private boolean trades(String code, Instant due) {
    try {
      return calendar.isTradingDay(LocalDate.ofInstant(due, ExchangeCalendar.ZONE));
    } catch (CalendarUnknownException unknown) {
      log.error("Audience {} is not drawn: {}", code, unknown.getMessage());
      return false;
    }
  }
}
