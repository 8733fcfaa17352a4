package io.waymark.journey;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How overdue timers are to be handled.
 *
 * @param spreadOver from {@code asOf}; given with {@link OverdueChoice#SPREAD} and else null
 * @param asOf what was due until then (inclusive) is overdue; the same handling twice does nothing
 *     more
 * @param by user name of the person, or the plan that says so
 * @param reason in the person's words; goes to the evidence
 */
public record OverdueHandling(
    OverdueChoice choice, @Nullable Duration spreadOver, Instant asOf, String by, String reason) {

  public OverdueHandling {
    boolean spread = choice == OverdueChoice.SPREAD;
    if (spread != (spreadOver != null)
        || (spreadOver != null && (spreadOver.isNegative() || spreadOver.isZero()))) {
      throw new JourneyRefusedException("spread_missing", "选择“分散触发”时请填写分散的时长，其他选择不填写。");
    }
  }
}
