package io.waymark.segment.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events of one type, of which those count that pass every test of their properties.
 *
 * @param where tests; an event without the property does not pass
 */
public record Happening(String type, List<Test> where) {

  public Happening {
    where = List.copyOf(where);
  }

  /** Everything a condition looks for. */
  static Stream<Happening> of(EventCondition condition) {
    if (condition instanceof EventCondition.Times times) {
      return Stream.of(times.event());
    }
    if (condition instanceof EventCondition.Measured measured) {
      return Stream.of(measured.event());
    }
    if (condition instanceof EventCondition.Occurrence occurrence) {
      return Stream.of(occurrence.event());
    }
    if (condition instanceof EventCondition.Followed followed) {
      return Stream.of(followed.event(), followed.then(), followed.without())
          .filter(Objects::nonNull);
    }
    if (condition instanceof EventCondition.Streak streak) {
      return Stream.of(streak.event());
    }
    EventCondition.NeverSince never = (EventCondition.NeverSince) condition;
    return Stream.of(never.event(), never.since());
  }

  /** A test of one property. */
  public sealed interface Test {

    /** The property asked about. */
    String property();

    /** As people say it. */
    String wording();
  }

  /** A JSON number compared. */
  public record NumberTest(String property, Comparison comparison, BigDecimal bound)
      implements Test {
    @Override
    public String wording() {
      return property + " " + comparison.title() + " " + bound.toPlainString();
    }
  }

  /** The value as text is one of these, or none of them. */
  public record TextTest(String property, boolean among, List<String> values) implements Test {
    public TextTest {
      values = List.copyOf(values);
    }

    @Override
    public String wording() {
      return property + (among ? " 为 " : " 不为 ") + String.join(" 或 ", values);
    }
  }

  /** As people say it. */
  public String wording() {
    return where.isEmpty()
        ? type
        : type + "(" + where.stream().map(Test::wording).collect(Collectors.joining(",")) + ")";
  }
}
