package io.waymark.segment.posting;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A list as it was built.
 *
 * @param kind {@code customer}, {@code tag} or {@code event}
 * @param day of events, in China; null of everything else
 * @param oldest of a tag, its oldest value; null when it had none
 * @param byValue of a tag, whether each of its values has a part
 */
record Posting(
    long id,
    String kind,
    String name,
    @Nullable LocalDate day,
    @Nullable Instant oldest,
    boolean byValue) {

  /**
   * One part of a list.
   *
   * @param value null for a column that is empty, and where there is none
   * @param least smallest number in it, with {@code most}; null unless the field is {@code number}
   */
  record Part(
      int number,
      String field,
      @Nullable String value,
      @Nullable BigDecimal least,
      @Nullable BigDecimal most) {}
}
