package io.waymark.journey;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A span of time that a report is about: visits that began in it.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Period(OffsetDateTime from, OffsetDateTime to) {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2200, 1, 1);

  /** Everything there is. */
  public static final Period ALL = days(null, null);

  /**
   * Whole days in Shanghai.
   *
   * @param first null: from the beginning
   * @param last the last day counted; null: until now
   */
  public static Period days(@Nullable LocalDate first, @Nullable LocalDate last) {
    return new Period(
        (first == null ? FIRST : first).atStartOfDay(SHANGHAI).toOffsetDateTime(),
        (last == null ? LAST : last.plusDays(1)).atStartOfDay(SHANGHAI).toOffsetDateTime());
  }
}
