package io.waymark.journey.check;

/** What a rule looks after, and by that how far a drawing that breaks it may go. */
public enum RuleGroup {
  /** What the engine may be given at all: the sandbox. An error keeps the drawing out. */
  ENGINE,
  /** Whether customers can walk the drawing. An error keeps the drawing out. */
  STRUCTURE,
  /** Whether customers are contacted sensibly. */
  CONTACT,
  /** Law and house rules on content, products and profiling. An error keeps a draft a draft. */
  COMPLIANCE,
  /** What only this engine line understands. */
  PORTABILITY;

  /** The part of a rule's id before the dot, such as {@code structure}. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
