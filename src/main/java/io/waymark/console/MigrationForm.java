package io.waymark.console;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.migration.MigrationSettings;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a person wrote into the form of a migration. */
final class MigrationForm {

  private static final String MAP = "map.";

  private final Map<String, String> fields;

  MigrationForm(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads it.
   *
   * @throws JourneyRefusedException when a field cannot be understood
   */
  MigrationSettings read() {
    Map<String, String> map = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(MAP) && !value.isBlank()) {
            map.put(name.substring(MAP.length()), value);
          }
        });
    OverdueChoice overdue = overdue();
    return new MigrationSettings(
        map,
        timers(),
        overdue,
        overdue == OverdueChoice.SPREAD ? number("spreadMinutes", "分散时长") : null,
        number("waveSize", "每批人数"),
        number("pauseSeconds", "批次间隔"),
        startsAt(),
        text("reason"));
  }

  private TimerChoice timers() {
    try {
      return TimerChoice.of(text("timers"));
    } catch (IllegalArgumentException unknown) {
      throw new JourneyRefusedException("timers", "请选择定时器的处理方式。");
    }
  }

  private OverdueChoice overdue() {
    try {
      return OverdueChoice.of(text("overdue"));
    } catch (IllegalArgumentException unknown) {
      throw new JourneyRefusedException("overdue", "请选择已到期定时器的处理方式。");
    }
  }

  private int number(String field, String title) {
    try {
      return Integer.parseInt(text(field));
    } catch (NumberFormatException wrong) {
      throw new JourneyRefusedException(field, title + "请填写整数。");
    }
  }

  private @Nullable Instant startsAt() {
    String text = text("startsAt");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).atZone(ExchangeCalendar.ZONE).toInstant();
    } catch (DateTimeParseException wrong) {
      throw new JourneyRefusedException("startsAt", "开始时间请按“年-月-日 时:分”选择。");
    }
  }

  private String text(String field) {
    return fields.getOrDefault(field, "").strip();
  }
}
