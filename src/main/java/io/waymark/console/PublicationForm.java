package io.waymark.console;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.publication.RolloutPlan;
import io.waymark.journey.publication.RolloutPlan.Stage;
import io.waymark.journey.publication.StopRule;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person fills in to publish a version.
 *
 * @param when {@code now}, {@code trading} (the next trading day at {@code time}) or {@code at}
 * @param time in Shanghai, e.g. {@code 09:30}
 * @param at in Shanghai, e.g. {@code 2026-11-23T09:30}
 * @param shares percentages in growing order, e.g. {@code 1, 10, 100}
 * @param dwell hours from one share to the next; blank: a person goes on
 * @param least customers to be counted before a limit is judged
 * @param withheld percentage; blank: not watched
 */
public record PublicationForm(
    String when,
    String time,
    String at,
    String shares,
    String dwell,
    String least,
    String withheld,
    String complaints,
    String failures) {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s,，、;；→>]+");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** When it is to go live; empty for now. */
  Optional<Instant> moment(ExchangeCalendar calendar, Instant now) {
    try {
      return switch (when) {
        case "trading" -> Optional.of(calendar.tradingDayAt(now, 1, LocalTime.parse(time)));
        case "at" -> Optional.of(LocalDateTime.parse(at).atZone(ExchangeCalendar.ZONE).toInstant());
        default -> Optional.empty();
      };
    } catch (DateTimeException unreadable) {
      throw new JourneyRefusedException("time_invalid", "请选择发布的日期和时间。");
    } catch (CalendarUnknownException unknown) {
      throw new JourneyRefusedException("calendar_unknown", "交易日历还没有那一天，请改选具体的日期，或请运营人员先更新交易日历。");
    }
  }

  RolloutPlan plan() {
    Duration lasts = dwell.isBlank() ? null : duration();
    List<Stage> stages = new ArrayList<>();
    for (String share : SEPARATORS.split(shares.replace("%", " ").strip())) {
      int part = hundredths(share, "放量比例");
      stages.add(new Stage(part, part == 10_000 ? null : lasts));
    }
    return new RolloutPlan(
        stages, new StopRule(count(), limit(withheld), limit(complaints), limit(failures)));
  }

  private Duration duration() {
    try {
      return Duration.ofMinutes(
          new BigDecimal(dwell.strip()).multiply(BigDecimal.valueOf(60)).intValueExact());
    } catch (ArithmeticException | NumberFormatException unreadable) {
      throw new JourneyRefusedException("dwell_invalid", "每级停留的小时数“" + dwell + "”应为数字，如 24。");
    }
  }

  private int count() {
    try {
      return Integer.parseInt(least.strip());
    } catch (NumberFormatException unreadable) {
      throw new JourneyRefusedException("least_invalid", "自动停止至少统计的客户数应为正整数，如 50。");
    }
  }

  private static @Nullable Integer limit(String percent) {
    return percent.isBlank() ? null : hundredths(percent.replace("%", ""), "自动停止的比例");
  }

  private static int hundredths(String percent, String what) {
    try {
      return new BigDecimal(percent.strip()).multiply(HUNDRED).intValueExact();
    } catch (ArithmeticException | NumberFormatException unreadable) {
      throw new JourneyRefusedException(
          "percent_invalid", what + "“" + percent + "”应为百分数，如 1 或 0.5，最多两位小数。");
    }
  }
}
