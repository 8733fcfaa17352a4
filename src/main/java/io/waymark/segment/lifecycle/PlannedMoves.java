package io.waymark.segment.lifecycle;

import java.util.List;

/**
 * Customers of one branch who would go one way under a policy that does not apply yet.
 *
 * @param from the stage they are in; empty for none
 * @param to the stage they would be in
 * @param sample a few of them
 */
public record PlannedMoves(
    String branch, String from, String to, long customers, List<Long> sample) {

  public PlannedMoves {
    sample = List.copyOf(sample);
  }
}
