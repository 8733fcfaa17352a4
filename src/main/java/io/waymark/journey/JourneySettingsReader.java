package io.waymark.journey;

import io.waymark.platform.Purpose;
import io.waymark.segment.Schedule;
import io.waymark.segment.rule.AudienceRefusedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@link JourneySettings} from extension properties and refuses what it cannot hold to. */
final class JourneySettingsReader {

  private static final Set<String> KNOWN =
      Set.of(
          "entryEvent",
          "entryApi",
          "entryAudience",
          "entrySchedule",
          "entryFilter",
          "reentryDays",
          "priority",
          "holdoutPercent",
          "purpose",
          "maxInside",
          "maxPerDay",
          "owner");
  private static final int MOST = 10_000_000;

  private final Map<String, String> properties;

  JourneySettingsReader(Map<String, String> properties) {
    this.properties = properties;
  }

  JourneySettings read() {
    properties.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new JourneySettingsException(name, "旅程设置“" + name + "”不存在,请使用元素模板填写。");
            });
    String entryEvent = text("entryEvent");
    String entryAudience = text("entryAudience");
    String entrySchedule = text("entrySchedule");
    boolean entryApi = entryApi();
    if (entryEvent == null && entryAudience == null && !entryApi) {
      throw new JourneySettingsException(
          "entryEvent", "旅程没有进入方式,请填写进入事件 entryEvent 或进入人群 entryAudience,或选择接口进入。");
    }
    requireScheduleWithAudience(entryAudience, entrySchedule);
    return new JourneySettings(
        entryEvent,
        entryAudience,
        entrySchedule,
        text("entryFilter"),
        reentry(),
        number("priority", 0, 100, 50),
        number("holdoutPercent", 0, 50, 0),
        purpose(),
        limit("maxInside"),
        limit("maxPerDay"),
        entryApi);
  }

  private boolean entryApi() {
    String value = text("entryApi");
    if (value != null && !value.equals("yes")) {
      throw new JourneySettingsException("entryApi", "接口进入 entryApi 只能填 yes,不用接口进入就不要填。");
    }
    return value != null;
  }

  private @Nullable Integer limit(String name) {
    return text(name) == null ? null : number(name, 1, MOST, 1);
  }

  private void requireScheduleWithAudience(
      @Nullable String entryAudience, @Nullable String entrySchedule) {
    if (entryAudience == null && entrySchedule != null) {
      throw new JourneySettingsException("entryAudience", "填写了运行时间却没有进入人群 entryAudience。");
    }
    if (entrySchedule != null) {
      try {
        Schedule.read(entrySchedule);
      } catch (AudienceRefusedException refused) {
        throw new JourneySettingsException(
            "entrySchedule",
            "运行时间“" + entrySchedule + "”看不懂,请写作“每个交易日 15:30”“每天 09:00”,或 Quartz cron 表达式。");
      }
    }
  }

  private @Nullable Duration reentry() {
    String days = text("reentryDays");
    if (days == null || days.equals("never")) {
      return null;
    }
    return Duration.ofDays(number("reentryDays", 0, 3650, 0));
  }

  private String purpose() {
    String code = text("purpose");
    if (code == null) {
      throw new JourneySettingsException("purpose", "请填写旅程的触达目的 purpose。");
    }
    try {
      return Purpose.of(code).code();
    } catch (IllegalArgumentException unknown) {
      throw new JourneySettingsException("purpose", "触达目的“" + code + "”不存在,请从元素模板中选择。");
    }
  }

  private int number(String name, int least, int most, int otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below with the same sentence as a number out of range.
    }
    throw new JourneySettingsException(
        name, String.format(Locale.ROOT, "设置 %s 的值“%s”应为 %d 到 %d 的整数。", name, value, least, most));
  }

  private @Nullable String text(String name) {
    String value = properties.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
