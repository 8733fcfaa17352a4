package io.waymark.compliance.watch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version stopped by a rule that came after its approval.
 *
 * @param kind {@code template} or {@code journey}
 * @param code of the template, key of the journey
 * @param rules ids of the rules that hit it
 * @param liftedBy the pack that freed it; null while the pause stands
 */
public record ContentPause(
    String kind,
    long contentId,
    String code,
    int version,
    String packVersion,
    List<String> rules,
    Instant pausedAt,
    @Nullable Instant liftedAt,
    @Nullable String liftedBy) {

  public ContentPause {
    rules = List.copyOf(rules);
  }
}
