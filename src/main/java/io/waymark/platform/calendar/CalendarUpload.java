package io.waymark.platform.calendar;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Loads the exchange's yearly notice; publishing a known year again corrects it. */
@Component
public class CalendarUpload {

  private final JdbcClient jdbc;
  private final StoredYears years;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  CalendarUpload(
      JdbcClient jdbc, StoredYears years, Clock clock, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.years = years;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Replaces the whole year.
   *
   * @param closures weekdays on which the exchange is closed
   * @param workingWeekends weekend days people work (调休)
   * @param source the notice, e.g. {@code 上证公告〔2025〕45号}
   * @throws IllegalArgumentException with a Chinese sentence when a day does not fit the year
   */
  @Transactional
  public void publish(
      int year,
      Set<LocalDate> closures,
      Set<LocalDate> workingWeekends,
      String source,
      String actor) {
    CalendarYear published = new CalendarYear(year, closures, workingWeekends, source);
    jdbc.sql(
            """
            insert into calendar_year (year, source, published_at) values (?, ?, ?)
            on conflict (year) do update
               set source = excluded.source, published_at = excluded.published_at
            """)
        .params(year, source, Timestamp.from(clock.instant()))
        .update();
    replace("calendar_closure", year, published.closures());
    replace("working_weekend", year, published.workingWeekends());
    forgetAfterCommit(year);
    events.publishEvent(
        new CalendarPublished(year, closures.size(), workingWeekends.size(), source, actor));
  }

  private void replace(String table, int year, Collection<LocalDate> days) {
    jdbc.sql("delete from " + table + " where year = ?").param(year).update();
    jdbc.sql("insert into " + table + " (year, day) select ?, unnest(?::date[])")
        .params(year, days.stream().map(LocalDate::toString).toArray(String[]::new))
        .update();
  }

  private void forgetAfterCommit(int year) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            years.forget(year);
          }
        });
  }
}
