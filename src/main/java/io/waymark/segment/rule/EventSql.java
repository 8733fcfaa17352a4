package io.waymark.segment.rule;

import static io.waymark.segment.rule.Sql.sql;

import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.segment.rule.EventCondition.Followed;
import io.waymark.segment.rule.EventCondition.Measured;
import io.waymark.segment.rule.EventCondition.NeverSince;
import io.waymark.segment.rule.EventCondition.Occurrence;
import io.waymark.segment.rule.EventCondition.Streak;
import io.waymark.segment.rule.EventCondition.Times;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads events. Each question goes over the events of its types and its window once, however many
 * one customer has: sequences and streaks are found by window functions, never by joining events
 * with events.
 */
final class EventSql {

  private final Moment moment;

  EventSql(Moment moment) {
    this.moment = moment;
  }

  Fact fact(EventCondition condition) {
    if (condition instanceof Times times) {
      return times(times);
    }
    if (condition instanceof Measured measured) {
      return measured(measured);
    }
    if (condition instanceof Occurrence occurrence) {
      return occurrence(occurrence);
    }
    if (condition instanceof Followed followed) {
      return followed(followed);
    }
    if (condition instanceof Streak streak) {
      return streak(streak);
    }
    return neverSince((NeverSince) condition);
  }

  private Fact times(Times times) {
    Sql source = events(times.event(), times.window());
    Sql seen = counted(source);
    Comparison comparison = times.comparison();
    int bound = times.bound();
    boolean noneHolds = comparison.holds(Integer.compare(0, bound));
    boolean onceHolds = comparison.holds(Integer.compare(1, bound));
    if (onlyPresence(comparison, bound)) {
      Fact presence = new Fact.Presence(source, seen);
      return onceHolds ? presence : new Fact.Column(sql("not ").with(presence.truth()), seen);
    }
    return new Fact.Computed(
        source,
        sql("count(*) " + comparison.symbol() + " ?", bound),
        noneHolds ? Truth.YES : Truth.NO,
        seen);
  }

  /** Whether only "none or some" is asked: {@code >= 1}, {@code = 0}, {@code < 1}, … */
  private static boolean onlyPresence(Comparison comparison, int bound) {
    return switch (comparison) {
      case AT_LEAST, BELOW -> bound == 1;
      case ABOVE, AT_MOST, EQUAL, UNEQUAL -> bound == 0;
    };
  }

  private Fact measured(Measured measured) {
    Sql source = events(measured.event(), measured.window());
    String name = measured.property();
    Sql number = number("f", name);
    Sql value =
        sql("(case when count(*) = count(")
            .with(number)
            .with(sql(") then " + measured.measure().code() + "("))
            .with(number)
            .with(sql(") end)"));
    Truth none =
        measured.measure() == EventCondition.Measure.SUM
            ? Truth.of(measured.comparison().holds(-measured.bound().signum()))
            : Truth.UNKNOWN;
    return new Fact.Computed(
        source,
        value.with(sql(" " + measured.comparison().symbol() + " ?", measured.bound())),
        none,
        sql("(select ")
            .with(value)
            .with(sql("::text || '(' || count(*) || ' 次)' "))
            .with(source)
            .with(sql(" and f.customer_id = c.id)")));
  }

  private Fact occurrence(Occurrence occurrence) {
    Sql source = events(occurrence.event(), new Window.Always());
    String end = occurrence.first() ? "min(f.occurred_at)" : "max(f.occurred_at)";
    return new Fact.Computed(
        source,
        RuleSql.within(end, moment.bounds(occurrence.window())),
        Truth.UNKNOWN,
        sql("(select " + RuleSql.moment(end) + " ")
            .with(source)
            .with(sql(" and f.customer_id = c.id)")));
  }

  /** Of all firsts before a second the nearest is the one most likely to do. */
  private Fact followed(Followed followed) {
    Window.Bounds bounds = moment.bounds(followed.window());
    Happening without = followed.without();
    String[] types =
        Stream.of(followed.event(), followed.then(), without == null ? followed.then() : without)
            .map(Happening::type)
            .distinct()
            .toArray(String[]::new);
    Sql barred = without == null ? sql("false") : is("e", without);
    Sql source =
        sql("from (select e.customer_id, e.occurred_at, ")
            .with(is("e", followed.then()))
            .with(sql(" as second, max(e.occurred_at) filter (where "))
            .with(is("e", followed.event()))
            .with(sql(" and "))
            .with(RuleSql.within("e.occurred_at", bounds))
            .with(sql(") over earlier as first, max(e.occurred_at) filter (where "))
            .with(barred)
            .with(
                sql(
                    """
                    ) over earlier as barred
                    from customer_event e where e.type = any(?) and\s""",
                    (Object) types))
            .with(RuleSql.within("e.occurred_at", new Window.Bounds(bounds.from(), moment.now())))
            .with(
                sql(
                    """
                     window earlier as (partition by e.customer_id order by e.occurred_at
                       range between unbounded preceding and interval '1 microsecond' preceding)) f
                    where f.second and f.occurred_at <= f.first + make_interval(secs => ?)
                      and (f.barred is null or f.barred <= f.first)""",
                    (double) followed.within().duration().toSeconds()));
    return new Fact.Presence(source, counted(events(followed.event(), followed.window())));
  }

  /** Days in a row are those whose place among the days less their rank is the same. */
  private Fact streak(Streak streak) {
    Window.Bounds bounds = moment.bounds(streak.window());
    Sql source =
        sql(
                """
                from (select i.customer_id from (
                  select d.customer_id,
                         d.place - row_number()
                           over (partition by d.customer_id order by d.place) as island
                  from (
                    select f.customer_id, day.place
                    from customer_event f
                    join unnest(?::date[]) with ordinality as day (day, place)
                      on day.day = (f.occurred_at at time zone 'Asia/Shanghai')::date
                    where\s""",
                (Object) days(streak.trading(), bounds))
            .with(is("f", streak.event()))
            .with(sql(" and "))
            .with(RuleSql.within("f.occurred_at", bounds))
            .with(
                sql(
                    """
                     group by f.customer_id, day.place) d) i
                    group by i.customer_id, i.island having count(*) >= ?) f where true""",
                    streak.days()));
    return new Fact.Presence(source, counted(events(streak.event(), streak.window())));
  }

  private String[] days(boolean trading, Window.Bounds bounds) {
    if (bounds.from() == null) {
      throw new IllegalArgumentException("a streak needs a window with a beginning");
    }
    LocalDate first = LocalDate.ofInstant(bounds.from(), ExchangeCalendar.ZONE);
    LocalDate last = LocalDate.ofInstant(bounds.until(), ExchangeCalendar.ZONE);
    return bounds.until().isBefore(bounds.from())
        ? new String[0]
        : first
            .datesUntil(last.plusDays(1))
            .filter(day -> !trading || moment.calendar().isTradingDay(day))
            .map(LocalDate::toString)
            .toArray(String[]::new);
  }

  private Fact neverSince(NeverSince never) {
    String[] types =
        List.of(never.since().type(), never.event().type()).stream()
            .distinct()
            .toArray(String[]::new);
    Sql last = sql("max(f.occurred_at) filter (where ").with(is("f", never.since()));
    Sql other = sql("max(f.occurred_at) filter (where ").with(is("f", never.event()));
    Sql source =
        sql("from customer_event f where f.type = any(?) and ", (Object) types)
            .with(RuleSql.within("f.occurred_at", moment.bounds(new Window.Always())));
    Sql answer =
        sql("(coalesce(")
            .with(last)
            .with(sql(") >= coalesce("))
            .with(other)
            .with(sql("), '-infinity'), false))"));
    return new Fact.Computed(
        source, answer, Truth.NO, counted(events(never.since(), new Window.Always())));
  }

  private Sql events(Happening event, Window window) {
    return sql("from customer_event f where ")
        .with(is("f", event))
        .with(sql(" and "))
        .with(RuleSql.within("f.occurred_at", moment.bounds(window)));
  }

  private static Sql counted(Sql source) {
    return sql("(select count(*) || ' 次' || coalesce(',最近 ' || "
            + RuleSql.moment("max(f.occurred_at)")
            + ", '') ")
        .with(source)
        .with(sql(" and f.customer_id = c.id)"));
  }

  /** Whether the row is such an event; a property it lacks makes it none. */
  private static Sql is(String row, Happening event) {
    Sql is = sql("(" + row + ".type = ?", event.type());
    for (Happening.Test test : event.where()) {
      is = is.with(sql(" and ")).with(passes(row, test));
    }
    return is.with(sql(")"));
  }

  private static Sql passes(String row, Happening.Test test) {
    if (test instanceof Happening.NumberTest number) {
      return number(row, number.property())
          .with(sql(" " + number.comparison().symbol() + " ?", number.bound()));
    }
    Happening.TextTest text = (Happening.TextTest) test;
    Sql value = sql("(" + row + ".properties ->> ?::text)", text.property());
    return value.with(RuleSql.among("", text.among(), text.values()));
  }

  private static Sql number(String row, String property) {
    String at = row + ".properties -> ?::text";
    return sql(
        "(case when jsonb_typeof(" + at + ") = 'number' then (" + at + ")::numeric end)",
        property,
        property);
  }
}
