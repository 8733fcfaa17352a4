package io.waymark.channel.vendor;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as domestic vendors write them: {@code 2026-11-22 10:00:00} in Asia/Shanghai. */
public final class ShanghaiTime {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

  private ShanghaiTime() {}

  /** The moment a text names; {@code otherwise} when it names none. */
  public static Instant read(String text, Instant otherwise) {
    try {
      return LocalDateTime.parse(text, FORMAT).atZone(ZONE).toInstant();
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }

  public static String write(Instant moment) {
    return FORMAT.format(moment.atZone(ZONE));
  }

  /** The day of a moment, e.g. {@code 20261122}. */
  public static String day(Instant moment) {
    return DAY.format(moment.atZone(ZONE));
  }
}
