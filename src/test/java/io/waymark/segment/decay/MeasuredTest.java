package io.waymark.segment.decay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The arithmetic of a signal and its two bounds. */
class MeasuredTest {

  private static final DecaySignal TIMES =
      new DecaySignal("t", "次数", List.of("login"), null, null, 30, 90, 6, 60, 30);
  private static final DecaySignal LEVEL =
      new DecaySignal("l", "水平", List.of(), null, "asset_total", 30, 90, 100, 60, 30);

  @Test
  void the_pace_is_by_the_day_and_a_level_is_a_level() {
    assertThat(measured("3", "9", false).lost(TIMES)).isZero();
    assertThat(measured("1", "9", false).lost(TIMES)).isEqualTo(67);
    assertThat(measured("9", "9", false).lost(TIMES)).as("more is no loss").isZero();
    assertThat(measured("0", "9", false).lost(TIMES)).isEqualTo(100);
    assertThat(measured("-5", "9", false).lost(TIMES)).as("never above all").isEqualTo(100);
    assertThat(measured("300", "900", false).lost(LEVEL)).isEqualTo(67);
  }

  @Test
  void too_little_before_or_nothing_known_says_nothing() {
    assertThat(measured("0", "6", false).lost(TIMES)).isEqualTo(100);
    assertThat(measured("0", "5", false).lost(TIMES)).isNull();
    assertThat(measured(null, "900", false).lost(LEVEL)).isNull();
    assertThat(measured("3", null, false).lost(LEVEL)).isNull();
  }

  @Test
  void it_begins_at_the_upper_bound_and_ends_at_the_lower() {
    Measured off = measured("1", "9", false);
    Measured on = measured("1", "9", true);
    assertThat(off.alarmedAt(59, TIMES)).isFalse();
    assertThat(off.alarmedAt(60, TIMES)).isTrue();
    assertThat(on.alarmedAt(31, TIMES)).isTrue();
    assertThat(on.alarmedAt(30, TIMES)).isFalse();
  }

  private static Measured measured(
      @Nullable String recent, @Nullable String base, boolean alarmed) {
    return new Measured(
        1,
        "X",
        recent == null ? null : new BigDecimal(recent),
        base == null ? null : new BigDecimal(base),
        null,
        alarmed,
        null,
        null);
  }
}
