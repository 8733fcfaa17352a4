package io.waymark.journey.publication;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a version has been given to its customers.
 *
 * @param stage step it is at, counted from 1; 0 while it waits to be published
 * @param share hundredths of a percent of customers let in now
 * @param watchedSince from when the stop rule counts: published or resumed
 * @param onApproval whether it is published by its approval, without a further act
 * @param wantedAt when it is to be published at the earliest; null: at once
 */
public record Rollout(
    long journeyVersionId,
    RolloutPlan plan,
    int stage,
    Instant stageSince,
    int share,
    Instant watchedSince,
    boolean onApproval,
    @Nullable Instant wantedAt,
    String plannedBy) {

  /** The step after this one, if there is one. */
  public Optional<RolloutPlan.Stage> next() {
    return stage < plan.stages().size() ? Optional.of(plan.stages().get(stage)) : Optional.empty();
  }

  /** When the next step begins by itself; null when a person decides or there is none. */
  public @Nullable Instant nextAt() {
    if (stage == 0 || next().isEmpty()) {
      return null;
    }
    var dwell = plan.stages().get(stage - 1).dwell();
    return dwell == null ? null : stageSince.plus(dwell);
  }
}
