package io.waymark.journey.check;

/** How much a finding weighs. */
public enum Severity {
  /** Must be mended before the journey goes on to where {@link Finding} says. */
  ERROR,
  /** Nothing is blocked, but a customer would be served badly; whoever approves sees it. */
  WARNING,
  /** Could be drawn better; nobody is harmed. */
  HINT
}
