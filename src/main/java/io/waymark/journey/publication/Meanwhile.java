package io.waymark.journey.publication;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.OverdueChoice;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of what falls due while the customers inside stand still.
 *
 * @param spreadHours over how many hours, 1 to 720, with {@link OverdueChoice#SPREAD}; else null
 */
public record Meanwhile(OverdueChoice choice, @Nullable Integer spreadHours) {

  private static final int LONGEST = 720;

  public Meanwhile {
    boolean spread = choice == OverdueChoice.SPREAD;
    if (spread != (spreadHours != null)
        || spreadHours != null && (spreadHours < 1 || spreadHours > LONGEST)) {
      throw new JourneyRefusedException(
          "spread_missing", "选择“分散触发”时请填写 1 到 %d 小时，其他选择不填写。".formatted(LONGEST));
    }
  }
}
