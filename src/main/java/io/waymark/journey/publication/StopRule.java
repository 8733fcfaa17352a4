package io.waymark.journey.publication;

import io.waymark.journey.JourneyRefusedException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a published version stops by itself: as soon as one share of its customers is above its
 * limit. Shares are hundredths of a percent of the customers counted.
 *
 * @param least customers to be counted before anything is judged, at least 1
 * @param mostWithheld who had a message withheld; null: not watched
 * @param mostComplaints who complained; null: not watched
 * @param mostFailures who stand at a failed step or could not be let in; null: not watched
 */
public record StopRule(
    int least,
    @Nullable Integer mostWithheld,
    @Nullable Integer mostComplaints,
    @Nullable Integer mostFailures) {

  /** Half of them withheld, one in a hundred complaining or one in twenty failing, of fifty. */
  public static final StopRule USUAL = new StopRule(50, 5_000, 100, 500);

  /** Nothing is watched. */
  public static final StopRule NONE = new StopRule(1, null, null, null);

  public StopRule {
    boolean possible =
        Stream.of(mostWithheld, mostComplaints, mostFailures)
            .allMatch(limit -> limit == null || limit >= 0 && limit <= 10_000);
    if (least < 1 || !possible) {
      throw new JourneyRefusedException(
          "stop_rule_invalid", "自动停止的比例应在 0% 到 100% 之间，至少统计 1 位客户，请修改后再试。");
    }
  }
}
