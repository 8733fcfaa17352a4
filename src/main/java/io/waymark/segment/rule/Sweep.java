package io.waymark.segment.rule;

import static io.waymark.segment.rule.Sql.sql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the customers whose answer the clock alone may have changed between two moments: whose
 * event fell out of a window, whose consent or assessment ran out, whose tag went stale, who had a
 * birthday. It names all of them and perhaps some more, by ranges of indexed moments.
 */
public final class Sweep {

  private final Moment before;
  private final Moment after;

  /**
   * @param before the moment conditions are known to be as of
   * @param after a later moment
   */
  public Sweep(Moment before, Moment after) {
    this.before = before;
    this.after = after;
  }

  /** Selects of one column {@code customer_id} each; none when the clock changes nothing. */
  public List<Sql> of(Rule rule, Function<String, Rule> audiences) {
    return Interest.conditions(rule, audiences).flatMap(this::sweeps).toList();
  }

  private Stream<Sql> sweeps(Rule.Condition condition) {
    if (condition instanceof TagCondition tag) {
      return tag(tag);
    }
    if (condition instanceof EventCondition event) {
      return events(event);
    }
    if (condition instanceof HistoryCondition.Journey journey) {
      return edges(journey.window())
          .map(
              range ->
                  sql(
                          "select f.customer_id from journey_history f where f.journey = ? and ",
                          journey.journey())
                      .with(range.within("f.at")));
    }
    if (condition instanceof HistoryCondition.Received received) {
      return edges(received.window())
          .map(
              range ->
                  sql(
                          "select f.customer_id from message_history f where f.template = ? and ",
                          received.template())
                      .with(range.within("f.at")));
    }
    return condition instanceof PersonCondition person ? person(person) : Stream.of();
  }

  private Stream<Sql> tag(TagCondition tag) {
    var age =
        tag instanceof TagCondition.ValueAge of
            ? of.span().duration()
            : after.freshness().limit(tag.tag());
    return age == null
        ? Stream.of()
        : Stream.of(
            sql("select f.customer_id from customer_tag f where f.tag = ? and ", tag.tag())
                .with(
                    new Range(before.now().minus(age), after.now().minus(age)).within("f.as_of")));
  }

  private Stream<Sql> events(EventCondition condition) {
    String[] types = Happening.of(condition).map(Happening::type).distinct().toArray(String[]::new);
    return Stream.concat(edges(window(condition)), Stream.of(new Range(before.now(), after.now())))
        .distinct()
        .map(
            range ->
                sql(
                        "select f.customer_id from customer_event f where f.type = any(?) and ",
                        (Object) types)
                    .with(range.within("f.occurred_at")));
  }

  private static Window window(EventCondition condition) {
    if (condition instanceof EventCondition.Times times) {
      return times.window();
    }
    if (condition instanceof EventCondition.Measured measured) {
      return measured.window();
    }
    if (condition instanceof EventCondition.Occurrence occurrence) {
      return occurrence.window();
    }
    if (condition instanceof EventCondition.Followed followed) {
      return followed.window();
    }
    return condition instanceof EventCondition.Streak streak
        ? streak.window()
        : new Window.Always();
  }

  private Stream<Sql> person(PersonCondition condition) {
    if (condition instanceof PersonCondition.Age) {
      return before.today().equals(after.today()) ? Stream.of() : Stream.of(birthdays());
    }
    if (condition instanceof PersonCondition.ConsentGiven) {
      return Stream.of(
          sql("select f.customer_id from consent f where ").with(passed().within("f.expires")));
    }
    if (condition instanceof PersonCondition.AssessmentValid
        || condition instanceof PersonCondition.Fits) {
      return Stream.of(
          sql("select f.customer_id from assessment f where ")
              .with(passed().within("f.expires_at")),
          sql("select f.customer_id from assessment f where ")
              .with(
                  new Range(before.oldestAssessment(), after.oldestAssessment())
                      .within("f.assessed_at")));
    }
    return Stream.of();
  }

  private Sql birthdays() {
    return sql(
        """
        select c.id as customer_id from customer c
         where extract(year from age(?, c.birth_date)) <> extract(year from age(?, c.birth_date))""",
        before.today().atStartOfDay(),
        after.today().atStartOfDay());
  }

  private Range passed() {
    return new Range(before.now(), after.now());
  }

  /** The stretches of time that the two ends of the window went over. */
  private Stream<Range> edges(Window window) {
    Window.Bounds from = before.bounds(window);
    Window.Bounds to = after.bounds(window);
    List<Range> edges = new ArrayList<>();
    if (!Objects.equals(from.from(), to.from())) {
      edges.add(new Range(Objects.requireNonNull(from.from()), Objects.requireNonNull(to.from())));
    }
    if (!from.until().equals(to.until())) {
      edges.add(new Range(from.until(), to.until()));
    }
    return edges.stream();
  }

  /** From just before one moment to just after another, so that no rounding loses anybody. */
  private record Range(Instant from, Instant until) {
    Sql within(String column) {
      return sql(
          column + " >= ? and " + column + " <= ?",
          Moment.stamp(from.minus(1, ChronoUnit.MICROS)),
          Moment.stamp(until.plus(1, ChronoUnit.MICROS)));
    }
  }
}
