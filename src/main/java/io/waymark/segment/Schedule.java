package io.waymark.segment;

import io.waymark.segment.rule.AudienceRefusedException;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * When a scheduled audience is drawn: {@code every trading day 15:30}, {@code every day 09:00}, or
 * a Quartz cron expression, all in Asia/Shanghai.
 *
 * @param cron when Quartz wakes up
 * @param tradingDaysOnly whether it goes on only when the exchange trades on that day
 */
public record Schedule(String cron, boolean tradingDaysOnly) {

  private static final Pattern WORDS =
      Pattern.compile(
          "(every day|every trading day|每天|每个交易日)\\s+([0-2]?[0-9]:[0-5][0-9])",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads a schedule.
   *
   * @throws AudienceRefusedException when it is none
   */
  public static Schedule read(String text) {
    Matcher words = WORDS.matcher(text.strip());
    if (words.matches()) {
      return daily(words.group(1), words.group(2), text);
    }
    if (!CronExpression.isValidExpression(text.strip())) {
      throw refused(text);
    }
    return new Schedule(text.strip(), false);
  }

  private static Schedule daily(String days, String clock, String text) {
    String[] parts = clock.split(":");
    int hour = Integer.parseInt(parts[0]);
    if (hour > LocalTime.MAX.getHour()) {
      throw refused(text);
    }
    boolean trading = days.equals("每个交易日") || days.toLowerCase(Locale.ROOT).contains("trading");
    return new Schedule("0 %d %d * * ?".formatted(Integer.parseInt(parts[1]), hour), trading);
  }

  private static AudienceRefusedException refused(String text) {
    return new AudienceRefusedException(
        "定时“" + text + "”看不懂,请写作“每个交易日 15:30”“每天 09:00”,或 Quartz cron 表达式,例如“0 0 9 * * ?”。");
  }
}
