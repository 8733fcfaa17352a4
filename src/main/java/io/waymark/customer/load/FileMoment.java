package io.waymark.customer.load;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as files write them; without a zone they are Chinese. */
final class FileMoment {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter SPACED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private FileMoment() {}

  static Optional<Instant> read(String text) {
    try {
      if (text.endsWith("Z")) {
        return Optional.of(Instant.parse(text));
      }
      if (text.length() == 10) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZONE).toInstant());
      }
      if (text.length() == 19) {
        LocalDateTime local =
            text.charAt(10) == 'T' ? LocalDateTime.parse(text) : LocalDateTime.parse(text, SPACED);
        return Optional.of(local.atZone(ZONE).toInstant());
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }
}
