package io.waymark.segment.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of SQL with the values of its question marks, in order.
 *
 * @param text SQL written by us; never contains a value a person wrote
 */
public record Sql(String text, List<Object> values) {

  /** A text with its values. */
  public static Sql sql(String text, Object... values) {
    return new Sql(text, Arrays.asList(values));
  }

  /** The parts within parentheses. */
  public static Sql join(String joint, List<Sql> parts) {
    return joined(joint, parts).enclosed();
  }

  /** The parts as a list of columns. */
  public static Sql list(List<Sql> parts) {
    return joined(", ", parts);
  }

  /** The parts one behind the other, without parentheses. */
  public static Sql joined(String joint, List<Sql> parts) {
    return new Sql(
        parts.stream().map(Sql::text).collect(Collectors.joining(joint)),
        parts.stream().flatMap(part -> part.values.stream()).toList());
  }

  /** This and the next, one behind the other. */
  public Sql with(Sql next) {
    var all = new ArrayList<>(values);
    all.addAll(next.values);
    return new Sql(text + next.text, all);
  }

  /** Within parentheses. */
  public Sql enclosed() {
    return new Sql("(" + text + ")", values);
  }
}
