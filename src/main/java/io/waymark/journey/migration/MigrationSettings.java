package io.waymark.journey.migration;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.OverdueChoice;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn and chosen for a migration; what an approval is bound to.
 *
 * @param map node of the new version by node of the old one
 * @param spreadMinutes over how many minutes overdue timers are spread; given with {@link
 *     OverdueChoice#SPREAD} only
 * @param waveSize customers per wave
 * @param pauseSeconds from the end of one wave to the next
 * @param startsAt not before this; null: as soon as it is approved
 * @param reason why, in the author's words
 */
public record MigrationSettings(
    Map<String, String> map,
    TimerChoice timers,
    OverdueChoice overdue,
    @Nullable Integer spreadMinutes,
    int waveSize,
    int pauseSeconds,
    @Nullable Instant startsAt,
    String reason) {

  private static final int LARGEST_WAVE = 100_000;
  private static final int LONGEST_PAUSE = 604_800;
  private static final int LONGEST_SPREAD = 43_200;
  private static final int LONGEST_REASON = 200;

  /**
   * @throws JourneyRefusedException when a number is out of its range; the sentence names it
   */
  public MigrationSettings {
    map = Collections.unmodifiableMap(new TreeMap<>(map));
    reason = reason.strip();
    if (waveSize < 1 || waveSize > LARGEST_WAVE) {
      throw new JourneyRefusedException("wave_size", "每批人数请填写 1 到 100000。");
    }
    if (pauseSeconds < 0 || pauseSeconds > LONGEST_PAUSE) {
      throw new JourneyRefusedException("pause", "批次间隔请填写 0 到 604800 秒（7 天）。");
    }
    boolean spread = overdue == OverdueChoice.SPREAD;
    if (spread && (spreadMinutes == null || spreadMinutes < 1 || spreadMinutes > LONGEST_SPREAD)) {
      throw new JourneyRefusedException("spread_missing", "选择“分散触发”时请填写 1 到 43200 分钟。");
    }
    spreadMinutes = spread ? spreadMinutes : null;
    if (reason.length() > LONGEST_REASON) {
      throw new JourneyRefusedException("reason_long", "原因请不超过 200 个字。");
    }
  }

  /** What a new migration begins with. */
  static MigrationSettings beginning(Map<String, String> map) {
    return new MigrationSettings(
        map, TimerChoice.KEEP, OverdueChoice.FIRE, null, 500, 10, null, "");
  }
}
