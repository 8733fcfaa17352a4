package io.waymark.segment.posting;

import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.segment.rule.EventCondition;
import io.waymark.segment.rule.Interest;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.PersonCondition;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.TagCondition;
import io.waymark.segment.rule.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The lists a rule is answered from.
 *
 * @param events the days asked about, by type
 */
record Needs(Set<String> tags, Map<String, Days> events) {

  /** Longer windows are asked of the rows. */
  static final int MOST_DAYS = 400;

  /**
   * Days that lie wholly within a window, both included; none when the first is behind the last.
   */
  record Days(LocalDate first, LocalDate last) {

    static Days within(Window.Bounds bounds, Instant from) {
      LocalDate first = day(from);
      LocalDate last = day(bounds.until());
      Instant beyond = bounds.until().plus(1, ChronoUnit.MICROS);
      return new Days(
          midnight(first).equals(from) ? first : first.plusDays(1),
          midnight(last.plusDays(1)).equals(beyond) ? last : last.minusDays(1));
    }

    /** How many there are. */
    long count() {
      return Math.max(0, ChronoUnit.DAYS.between(first, last) + 1);
    }

    private Days and(Days other) {
      return new Days(
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }

  static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ExchangeCalendar.ZONE);
  }

  static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ExchangeCalendar.ZONE).toInstant();
  }

  /** Empty when a condition of the rule has no lists. */
  static Optional<Needs> of(Rule rule, Function<String, Rule> audiences, Moment moment) {
    Needs needs = new Needs(new HashSet<>(), new HashMap<>());
    return Interest.conditions(rule, audiences).allMatch(one -> needs.take(one, moment))
        ? Optional.of(needs)
        : Optional.empty();
  }

  private boolean take(Rule.Condition condition, Moment moment) {
    if (condition instanceof TagCondition tag) {
      tags.add(tag.tag());
      return !(tag instanceof TagCondition.ValueAge);
    }
    if (condition instanceof EventCondition.Times times && times.event().where().isEmpty()) {
      Window.Bounds bounds = moment.bounds(times.window());
      Instant from = bounds.from();
      if (from == null || from.plus(MOST_DAYS, ChronoUnit.DAYS).isBefore(bounds.until())) {
        return false;
      }
      events.merge(times.event().type(), Days.within(bounds, from), Days::and);
      return true;
    }
    return condition instanceof PersonCondition person
        && PersonCondition.readsCustomer(person)
        && !(person instanceof PersonCondition.Age);
  }
}
