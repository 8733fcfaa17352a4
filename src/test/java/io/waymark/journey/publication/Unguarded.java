package io.waymark.journey.publication;

import io.waymark.journey.JourneyVersion;
import org.springframework.beans.factory.BeanFactory;

/**
 * Publishes an approved version to everybody for tests that are about something else: the same
 * transaction as always, without the guards, since their drawings are sketches.
 */
public final class Unguarded {

  private final BeanFactory context;

  /** Publishes in this context. */
  public Unguarded(BeanFactory context) {
    this.context = context;
  }

  /** Puts the version live. */
  public JourneyVersion publish(JourneyVersion version) {
    return context
        .getBean(GoingLive.class)
        .publish(version.id(), RolloutPlan.everybody(StopRule.NONE), "author");
  }
}
