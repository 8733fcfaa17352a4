package io.waymark.segment.model;

/** A computation over all customers that runs in the background; declared as a bean. */
public interface ModelWork {

  /** Stable code of the model, lower-case letters and hyphens. */
  String model();

  /**
   * Computes. May be cut off anywhere and is then run again, perhaps on another node, so it works
   * in pieces that each commit as one and are left alone by the next run.
   *
   * @param argument what of the model is meant; empty for all
   * @return what was found: a Chinese sentence, or JSON for a screen of its own; no personal data
   * @throws IllegalArgumentException with a Chinese sentence for people when it cannot be computed
   */
  String run(String argument, RunProgress progress);
}
