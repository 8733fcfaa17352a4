package io.waymark.segment.model;

import java.time.Instant;
import java.util.Collection;

/** A model that is computed anew for customers whose facts have changed; declared as a bean. */
public interface FollowedModel {

  /** Whether it answers for what is noted under this name. */
  boolean follows(String model);

  /**
   * Computes these customers anew, in the caller's transaction and in a number of statements that
   * does not depend on theirs.
   */
  void follow(String model, Collection<Long> customerIds, Instant now);
}
