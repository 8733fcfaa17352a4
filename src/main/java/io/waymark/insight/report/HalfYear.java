package io.waymark.insight.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Half a year in China's time: the span of a self-check (适当性办法 art. 30). */
public record HalfYear(int year, int half) {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  public HalfYear {
    if (half < 1 || half > 2 || year < 2000 || year > 9999) {
      throw new IllegalArgumentException("not half a year: " + year + "H" + half);
    }
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static HalfYear of(String code) {
    if (!code.matches("[0-9]{4}H[12]")) {
      throw new IllegalArgumentException("not half a year: " + code);
    }
    return new HalfYear(Integer.parseInt(code.substring(0, 4)), code.charAt(5) - '0');
  }

  /** The half year a day lies in. */
  public static HalfYear of(LocalDate day) {
    return new HalfYear(day.getYear(), day.getMonthValue() <= 6 ? 1 : 2);
  }

  /** This one and those before it, newest first. */
  public List<HalfYear> backwards(int count) {
    List<HalfYear> all = new ArrayList<>();
    HalfYear at = this;
    for (int i = 0; i < count; i++) {
      all.add(at);
      at = at.half == 2 ? new HalfYear(at.year, 1) : new HalfYear(at.year - 1, 2);
    }
    return all;
  }

  /** E.g. {@code 2026H2}. */
  public String code() {
    return year + "H" + half;
  }

  /** E.g. {@code 2026 年下半年}. */
  public String title() {
    return year + " 年" + (half == 1 ? "上" : "下") + "半年";
  }

  /** Its first moment. */
  public Instant from() {
    return first().atStartOfDay(ZONE).toInstant();
  }

  /** The moment after its last. */
  public Instant to() {
    return first().plusMonths(6).atStartOfDay(ZONE).toInstant();
  }

  private LocalDate first() {
    return LocalDate.of(year, half == 1 ? 1 : 7, 1);
  }
}
