package io.waymark.segment.rule;

import java.time.Duration;

/**
 * A fixed length of time.
 *
 * @param count 1 to 3650 days, or as many hours or minutes
 */
public record Span(int count, Unit unit) {

  /** Days count 24 hours each; Asia/Shanghai has no daylight saving. */
  public enum Unit {
    MINUTES("minutes", "分钟", Duration.ofMinutes(1)),
    HOURS("hours", "小时", Duration.ofHours(1)),
    DAYS("days", "天", Duration.ofDays(1));

    private final String code;
    private final String title;
    private final Duration length;

    Unit(String code, String title, Duration length) {
      this.code = code;
      this.title = title;
      this.length = length;
    }

    /** The word in a rule. */
    public String code() {
      return code;
    }
  }

  /** Its exact length. */
  public Duration duration() {
    return unit.length.multipliedBy(count);
  }

  /** As people say it. */
  public String wording() {
    return count + " " + unit.title;
  }
}
