package io.waymark.engine.check.rule;

import io.waymark.journey.check.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says of one place.
 *
 * @param element id of the element, or null for the drawing as a whole
 * @param severity null for the rule's own
 */
public record Mark(@Nullable String element, String why, String mend, @Nullable Severity severity) {

  public static Mark at(Node node, String why, String mend) {
    return new Mark(node.id(), why, mend, null);
  }

  public static Mark at(Flow flow, String why, String mend) {
    return new Mark(flow.id(), why, mend, null);
  }

  /** About the journey's own settings. */
  public static Mark at(Drawing drawing, String why, String mend) {
    return new Mark(drawing.key(), why, mend, null);
  }

  /** The same, lighter or heavier than the rule usually is. */
  public Mark as(Severity other) {
    return new Mark(element, why, mend, other);
  }
}
