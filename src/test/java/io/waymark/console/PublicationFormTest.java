package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.testing.DatabaseSlice;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** When a version goes live that is to go live on the next trading day. */
@DatabaseSlice
class PublicationFormTest {

  @Autowired ExchangeCalendar calendar;

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:00, 09:30, 2026-11-24T09:30",
    "2026-11-23T08:00, 09:30, 2026-11-24T09:30",
    "2026-11-27T16:00, 09:30, 2026-11-30T09:30",
    "2026-11-28T12:00, 13:00, 2026-11-30T13:00",
    "2026-09-30T10:00, 09:30, 2026-10-08T09:30",
    "2026-02-13T16:00, 15:00, 2026-02-24T15:00"
  })
  void the_next_trading_day_is_the_day_after_today_on_which_the_exchange_is_open(
      LocalDateTime now, String time, LocalDateTime expected) {
    PublicationForm form = new PublicationForm("trading", time, "", "100", "", "1", "", "", "");

    assertThat(form.moment(calendar, instant(now))).contains(instant(expected));
  }

  private static Instant instant(LocalDateTime time) {
    return time.atZone(ExchangeCalendar.ZONE).toInstant();
  }
}
