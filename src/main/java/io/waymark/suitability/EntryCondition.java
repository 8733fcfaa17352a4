package io.waymark.suitability;

/**
 * A condition a customer must meet before a type of product may be promoted at all.
 *
 * @param id what is looked at: the tag's name, {@code level} or {@code age}
 * @param threshold a number, a level ({@code C4}) or a word, as the kind asks
 */
public record EntryCondition(String id, Kind kind, String threshold, String basis) {

  /** How the threshold is compared; what is unknown fails all but {@link #IS_NOT}. */
  public enum Kind {
    AT_LEAST,
    IS,
    IS_NOT
  }

  boolean isLevel() {
    return id.equals("level");
  }

  boolean isAge() {
    return id.equals("age");
  }
}
