package io.waymark.segment.rule;

import java.util.Comparator;
import java.util.List;

/**
 * A rule as text, and where in it each part of the form went.
 *
 * @param places of every part
 */
public record Written(String text, List<Place> places) {

  public Written {
    places = List.copyOf(places);
  }

  /**
   * Where a part stands.
   *
   * @param path positions of the part and of the groups around it, outermost first, between dots;
   *     empty for the whole
   * @param from 0-based offset of its first character
   * @param until offset behind its last
   */
  public record Place(String path, int from, int until) {}

  /**
   * The smallest part that stands where reading stopped.
   *
   * @param position as {@link RuleSyntaxException#position()} tells it
   */
  public String at(int position) {
    int offset = position - 1;
    return places.stream()
        .filter(place -> place.from() <= offset && offset <= place.until())
        .min(Comparator.comparingInt(place -> place.until() - place.from()))
        .map(Place::path)
        .orElse("");
  }
}
