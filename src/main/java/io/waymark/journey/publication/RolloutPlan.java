package io.waymark.journey.publication;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In which steps a version is given to its customers, and when it stops by itself.
 *
 * @param stages in growing order of their shares
 */
public record RolloutPlan(List<Stage> stages, StopRule stop) {

  private static final int MOST_STAGES = 10;
  private static final Duration LONGEST = Duration.ofDays(90);

  /**
   * One step of a ramp-up.
   *
   * @param share hundredths of a percent of customers, 1 to 10,000
   * @param dwell how long until the next step; null: until a person goes on
   */
  public record Stage(int share, @Nullable Duration dwell) {}

  public RolloutPlan {
    stages = List.copyOf(stages);
    int before = 0;
    if (stages.isEmpty() || stages.size() > MOST_STAGES) {
      throw new JourneyRefusedException(
          "stages_invalid", "放量请分 1 到 %d 个阶段。".formatted(MOST_STAGES));
    }
    for (Stage stage : stages) {
      if (stage.share() <= before || stage.share() > JourneyVersion.EVERYBODY) {
        throw new JourneyRefusedException(
            "stages_invalid", "放量比例须逐级变大，每级在 0.01% 到 100% 之间，请修改后再试。");
      }
      Duration dwell = stage.dwell();
      if (dwell != null && (dwell.toMinutes() < 1 || dwell.compareTo(LONGEST) > 0)) {
        throw new JourneyRefusedException(
            "dwell_invalid", "每级停留 1 分钟到 %d 天，或留空由人工放量。".formatted(LONGEST.toDays()));
      }
      before = stage.share();
    }
  }

  /** Everybody at once. */
  public static RolloutPlan everybody(StopRule stop) {
    return new RolloutPlan(List.of(new Stage(JourneyVersion.EVERYBODY, null)), stop);
  }
}
