package io.waymark.insight.report;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A half-yearly self-check.
 *
 * @param figures counts by name, in the order they are shown
 * @param remarks what the officer adds, e.g. about trainings, which are not measured here; null
 *     while not signed
 * @param signedBy the officer; null while not signed, then the figures are those of now
 */
public record SelfCheck(
    HalfYear span,
    Map<String, Long> figures,
    @Nullable String remarks,
    @Nullable String signedBy,
    @Nullable Instant signedAt) {

  public boolean signed() {
    return signedBy != null;
  }
}
