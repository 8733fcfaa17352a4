package io.waymark.engine.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.camunda.bpm.engine.impl.calendar.DurationBusinessCalendar;

class PlainDurationsProperties {

  private static final Date START = Date.from(Instant.parse("2026-11-23T02:00:00Z"));

  private final DurationBusinessCalendar engine = new DurationBusinessCalendar();
  private final PlainDurations plain = new PlainDurations();

  @Property
  void end_where_the_engine_lets_them_end(@ForAll("durations") String duration) {
    assertThat(plain.resolveDuedate(duration, START))
        .isEqualTo(engine.resolveDuedate(duration, START));
  }

  @Example
  void months_weeks_and_repetitions_go_the_engines_way() {
    for (String duration : new String[] {"P1M", "P2W", "P1Y2M3DT4H", "R3/PT1H"}) {
      assertThat(plain.resolveDuedate(duration, START))
          .isEqualTo(engine.resolveDuedate(duration, START));
    }
  }

  @Example
  void what_is_no_duration_is_refused_as_before() {
    for (String duration : new String[] {"P", "PT", "P1DT", "48h"}) {
      assertThatThrownBy(() -> plain.resolveDuedate(duration, START)).isNotNull();
    }
  }

  @Provide
  Arbitrary<String> durations() {
    return Combinators.combine(part("D"), part("H"), part("M"), part("S"))
        .as((days, hours, minutes, seconds) -> "P" + days + time(hours + minutes + seconds))
        .filter(duration -> !duration.equals("P"));
  }

  private static String time(String parts) {
    return parts.isEmpty() ? "" : "T" + parts;
  }

  private static Arbitrary<String> part(String unit) {
    return Arbitraries.integers()
        .between(0, 4_000)
        .map(number -> number + unit)
        .optional(0.6)
        .map(some -> some.orElse(""));
  }
}
