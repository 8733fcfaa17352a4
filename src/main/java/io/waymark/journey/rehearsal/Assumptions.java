package io.waymark.journey.rehearsal;

import java.util.List;
import java.util.Map;

/**
 * What people are taken to do while an audience is rehearsed. Shown with every result, because a
 * result is worth what they are worth. The same seed makes the same people do the same.
 *
 * @param arrives share of messages that arrive, 0 to 1
 * @param events what customers do after entering
 * @param outcomes relative weight of advisors' answers by code; an answer nobody weighed has weight
 *     1
 * @param answered share of tasks that are answered at all, 0 to 1
 * @param answerHours after how many hours an advisor answers
 */
public record Assumptions(
    double arrives,
    List<Happening> events,
    Map<String, Double> outcomes,
    double answered,
    int answerHours,
    long seed) {

  public Assumptions {
    events = List.copyOf(events);
    outcomes = Map.copyOf(outcomes);
  }

  /**
   * A share of the customers does something once.
   *
   * @param share 0 to 1
   * @param fromHours earliest, after entering
   * @param toHours latest, after entering
   */
  public record Happening(String type, double share, int fromHours, int toHours) {}

  /** Nearly everything arrives, four of five tasks are answered within a day, nobody does more. */
  public static Assumptions usual() {
    return new Assumptions(0.97, List.of(), Map.of(), 0.8, 24, 1);
  }

  /** A number from 0 to 1 that is always the same for the same question. */
  public double draw(long customerId, Object about) {
    long mixed =
        seed * 0x9E3779B97F4A7C15L
            + customerId * 0xC2B2AE3D27D4EB4FL
            + String.valueOf(about).hashCode();
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return ((mixed ^ mixed >>> 31) >>> 11) * 0x1.0p-53;
  }
}
