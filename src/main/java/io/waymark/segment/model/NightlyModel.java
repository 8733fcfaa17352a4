package io.waymark.segment.model;

/** A model that is computed every night; declared as a bean. */
public interface NightlyModel {

  /** Asks {@link ModelRuns} for what is to be computed tonight. */
  void askForTheNight();
}
