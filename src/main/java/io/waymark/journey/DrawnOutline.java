package io.waymark.journey;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a drawing says about the journey as a whole.
 *
 * @param settings extension properties of the process, as drawn
 * @param goals goals that end the journey wherever the customer stands
 * @param exits events that take a customer out wherever he stands
 * @param templates codes of the texts that its steps send
 */
public record DrawnOutline(
    Map<String, String> settings, List<Ending> goals, List<Ending> exits, Set<String> templates) {

  public DrawnOutline {
    settings = Map.copyOf(settings);
    goals = List.copyOf(goals);
    exits = List.copyOf(exits);
    templates = Set.copyOf(templates);
  }

  /**
   * One event that ends the journey.
   *
   * @param event type of the customer event
   * @param code the goal's or the reason's code
   */
  public record Ending(String event, String code) {}
}
