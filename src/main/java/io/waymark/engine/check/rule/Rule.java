package io.waymark.engine.check.rule;

import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** One rule, stateless. Its id and severity are listed in {@code docs/checks.md}. */
public interface Rule {

  /** Group and name, such as {@code structure.dead_end}. */
  String id();

  /** What breaking it weighs, where a mark does not say otherwise. */
  Severity severity();

  /** Every place that breaks it, in the order of the drawing. */
  Stream<Mark> marks(Subject subject);
}
