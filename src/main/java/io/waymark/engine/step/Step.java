package io.waymark.engine.step;

import io.waymark.engine.sandbox.StepSettings;
import java.util.regex.Pattern;

/**
 * A step a marketer can draw. It may be rolled back after it ran and run again: whatever it does it
 * does in the engine's transaction, or claims first.
 */
public abstract sealed class Step permits StepForOne, StepForMany {

  /** How a code is written that screens and evidence show. */
  static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,60}");

  private final StepSettings settings;

  Step(StepSettings settings) {
    this.settings = settings;
  }

  /** Name and settings, as the checks of a deployment know them. */
  public final StepSettings settings() {
    return settings;
  }
}
