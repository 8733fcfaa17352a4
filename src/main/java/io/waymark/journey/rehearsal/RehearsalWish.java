package io.waymark.journey.rehearsal;

import java.util.List;

/**
 * What an audience's rehearsal is to be.
 *
 * @param versionIds one version, or two of the same journey
 * @param audience code of the audience as of now
 * @param days virtual days, 1 to 90
 * @param most so many customers at most, to 20,000; more are sampled
 */
public record RehearsalWish(
    List<Long> versionIds, String audience, int days, int most, Assumptions assumptions) {

  public RehearsalWish {
    versionIds = List.copyOf(versionIds);
  }
}
