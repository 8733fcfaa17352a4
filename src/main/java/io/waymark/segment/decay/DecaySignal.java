package io.waymark.segment.decay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured in two windows that follow each other.
 *
 * @param code the score stands in the tag {@code decay_<code>}
 * @param events types of events that are counted; empty when a tag is read instead
 * @param amount property whose sum is measured instead of the number; null for the number
 * @param tag whose value is read once a week; null when events are counted
 * @param recentDays length of the window that ends now, in times 24 hours
 * @param baseDays length of the window before it
 * @param leastBase the least there must have been in the window before: times, yuan, or the average
 *     of the tag; whoever did less has no score
 * @param beginsAt per cent lost at which the signal begins
 * @param endsAt per cent lost at which it ends, below {@code beginsAt}
 */
public record DecaySignal(
    String code,
    String name,
    List<String> events,
    @Nullable String amount,
    @Nullable String tag,
    int recentDays,
    int baseDays,
    int leastBase,
    int beginsAt,
    int endsAt) {

  public DecaySignal {
    events = events == null ? List.of() : List.copyOf(events);
  }

  /** The tag the score is written to. */
  public String scoreTag() {
    return "decay_" + code;
  }
}
