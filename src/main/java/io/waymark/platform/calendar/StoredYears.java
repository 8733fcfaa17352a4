package io.waymark.platform.calendar;

import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The years in the database, remembered for a minute so that a correction published on one node
 * reaches the others without a message between them. An unknown year is never remembered.
 */
@Component
class StoredYears implements PublishedYears {

  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Map<Integer, Remembered> remembered = new ConcurrentHashMap<>();

  StoredYears(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<CalendarYear> find(int year) {
    Remembered known = remembered.get(year);
    if (known != null && System.nanoTime() - known.readAt() < REMEMBERED.toNanos()) {
      return Optional.of(known.year());
    }
    Optional<CalendarYear> read = read(year);
    read.ifPresentOrElse(
        found -> remembered.put(year, new Remembered(found, System.nanoTime())),
        () -> remembered.remove(year));
    return read;
  }

  void forget(int year) {
    remembered.remove(year);
  }

  private Optional<CalendarYear> read(int year) {
    return jdbc.sql("select source from calendar_year where year = ?")
        .param(year)
        .query(String.class)
        .optional()
        .map(
            source ->
                new CalendarYear(
                    year,
                    days("select day from calendar_closure where year = ?", year),
                    days("select day from working_weekend where year = ?", year),
                    source));
  }

  private Set<LocalDate> days(String sql, int year) {
    return jdbc.sql(sql).param(year).query(Date.class).list().stream()
        .map(Date::toLocalDate)
        .collect(Collectors.toUnmodifiableSet());
  }

  private record Remembered(CalendarYear year, long readAt) {}
}
