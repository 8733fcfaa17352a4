package io.waymark.journey;

import io.waymark.platform.staff.BranchScope;
import java.util.Optional;

/** Tells where one customer stands in one journey; only the engine knows it. */
public interface Standings {

  /**
   * Everything about one participation, also one that has ended.
   *
   * @return empty when there is none or the scope does not cover its branch
   */
  Optional<Standing> of(long participationId, BranchScope scope);
}
