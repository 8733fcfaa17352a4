package io.waymark.platform.calendar;

import io.waymark.platform.rehearsal.RehearsalClock;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock rules read the time from; tests put a movable one before it. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

  @Bean
  Clock clock() {
    return new RehearsalClock(Clock.system(ExchangeCalendar.ZONE));
  }
}
