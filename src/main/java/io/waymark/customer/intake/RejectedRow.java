package io.waymark.customer.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row that was refused.
 *
 * @param door {@code api}, {@code file} or {@code kafka}
 * @param importId the file's import, null for other doors
 * @param position row of the batch or file from 1; offset in the partition for a topic
 * @param sample the value that was wrong, masked; null when there is none to show
 */
public record RejectedRow(
    Instant at,
    String door,
    String source,
    String kind,
    @Nullable Long importId,
    long position,
    String field,
    String code,
    String message,
    @Nullable String sample) {

  /** A value as screens may show it: the first two characters and the length remain. */
  public static @Nullable String masked(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = value.strip();
    int length = text.codePointCount(0, text.length());
    String start = text.substring(0, text.offsetByCodePoints(0, Math.min(2, length / 2)));
    return start + "*".repeat(Math.min(length - start.codePointCount(0, start.length()), 20));
  }
}
