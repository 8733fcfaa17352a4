package io.waymark.segment.rule;

import static io.waymark.segment.rule.Sql.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Translates a rule into SQL about the row {@code c} of table {@code customer}; every value of the
 * rule is a bound parameter.
 *
 * <p>There are two translations. {@link #truth} is a boolean in which null means unknown; it is
 * made for few customers, each looked up by index. {@link #selecting} is true exactly where truth
 * is true; it pushes negation down to the conditions, so that each becomes an {@code exists} that
 * the database can answer by semi- and anti-joins over all customers at once.
 */
public final class RuleSql {

  private final Function<String, Rule> audiences;
  private final TagSql tags;
  private final EventSql events;
  private final PersonSql persons;
  private final HistorySql history;

  /**
   * @param audiences finds the rule of another audience; refuses circles
   */
  public RuleSql(Moment moment, Function<String, Rule> audiences) {
    this(moment, audiences, tag -> false);
  }

  /**
   * @param resolving finds the rule of another audience; a tag it bars is unknown of everybody
   */
  public RuleSql(Moment moment, Resolving resolving) {
    this(moment, resolving, resolving::bars);
  }

  private RuleSql(Moment moment, Function<String, Rule> audiences, Predicate<String> barred) {
    this.audiences = audiences;
    this.tags = new TagSql(moment, barred);
    this.events = new EventSql(moment);
    this.persons = new PersonSql(moment);
    this.history = new HistorySql(moment);
  }

  /** A boolean expression; null is unknown. */
  public Sql truth(Rule rule) {
    if (rule instanceof Rule.All all) {
      return Sql.join(" and ", all.parts().stream().map(this::truth).toList());
    }
    if (rule instanceof Rule.Any any) {
      return Sql.join(" or ", any.parts().stream().map(this::truth).toList());
    }
    if (rule instanceof Rule.Not not) {
      return sql("(not ").with(truth(not.part())).with(sql(")"));
    }
    if (rule instanceof Rule.IsUnknown unknown) {
      return unknown(unknown, true);
    }
    if (rule instanceof Rule.InAudience other) {
      return truth(audiences.apply(other.code()));
    }
    return fact((Rule.Condition) rule).truth();
  }

  /** A boolean expression that is true exactly where the rule is. */
  public Sql selecting(Rule rule) {
    return selecting(rule, true);
  }

  /**
   * The members as {@code from … where …} over rows {@code c}. A rule all of whose parts must hold
   * and one of which asks a tag begins with that tag's index; the customer's own row is read only
   * when somebody asks for it.
   *
   * @param columns whether columns of {@code c} other than {@code id} are needed around it
   */
  public Sql members(Rule rule, boolean columns) {
    List<Rule> parts = rule instanceof Rule.All all ? all.parts() : List.of(rule);
    Optional<Rule> driver = parts.stream().filter(this::drives).findFirst();
    boolean own =
        columns || Interest.conditions(rule, audiences).anyMatch(PersonCondition::readsCustomer);
    if (driver.isEmpty() || own) {
      return sql("from customer c where ").with(selecting(rule));
    }
    Fact.Row first = (Fact.Row) fact((Rule.Condition) driver.get());
    Sql from =
        sql("from (select f.customer_id as id ")
            .with(first.source())
            .with(sql(" and "))
            .with(first.answer().enclosed())
            .with(sql(") c where true"));
    for (Rule part : parts) {
      if (part != driver.get()) {
        from = from.with(sql(" and ")).with(selecting(part));
      }
    }
    return from;
  }

  private boolean drives(Rule rule) {
    boolean byIndex =
        rule instanceof TagCondition.Number
            || rule instanceof TagCondition.Between
            || rule instanceof TagCondition.Text;
    return byIndex && fact((Rule.Condition) rule) instanceof Fact.Row;
  }

  /** A text expression: what was seen of the condition's facts; null when there is nothing. */
  Sql seen(Rule.Condition condition) {
    return fact(condition).seen();
  }

  private Sql selecting(Rule rule, boolean wanted) {
    if (rule instanceof Rule.All all) {
      return selecting(wanted ? " and " : " or ", all.parts(), wanted);
    }
    if (rule instanceof Rule.Any any) {
      return selecting(wanted ? " or " : " and ", any.parts(), wanted);
    }
    if (rule instanceof Rule.Not not) {
      return selecting(not.part(), !wanted);
    }
    if (rule instanceof Rule.IsUnknown unknown) {
      return unknown(unknown, wanted);
    }
    if (rule instanceof Rule.InAudience other) {
      return selecting(audiences.apply(other.code()), wanted);
    }
    return fact((Rule.Condition) rule).selecting(wanted);
  }

  private Sql selecting(String joint, List<Rule> parts, boolean wanted) {
    return Sql.join(joint, parts.stream().map(part -> selecting(part, wanted)).toList());
  }

  private Sql unknown(Rule.IsUnknown unknown, boolean wanted) {
    return sql("(").with(truth(unknown.part())).with(sql(wanted ? " is null)" : " is not null)"));
  }

  private Fact fact(Rule.Condition condition) {
    if (condition instanceof TagCondition tag) {
      return tags.fact(tag);
    }
    if (condition instanceof EventCondition event) {
      return events.fact(event);
    }
    if (condition instanceof PersonCondition person) {
      return persons.fact(person);
    }
    return history.fact((HistoryCondition) condition);
  }

  static Sql among(String column, boolean among, List<String> values) {
    if (values.size() == 1) {
      // An index keeps its order behind a single value, and so lends itself to a merge.
      return sql(column + (among ? " = ?" : " <> ?"), values.get(0));
    }
    String[] array = values.toArray(String[]::new);
    return among
        ? sql(column + " = any(?)", (Object) array)
        : sql(column + " <> all(?)", (Object) array);
  }

  /** The condition that a column lies within the bounds. */
  static Sql within(String column, Window.Bounds bounds) {
    Sql until = sql(column + " <= ?", Moment.stamp(bounds.until()));
    return bounds.from() == null
        ? until
        : until.with(sql(" and " + column + " >= ?", Moment.stamp(bounds.from())));
  }

  /** A moment as text for people. */
  static String moment(String column) {
    return "to_char(" + column + " at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')";
  }
}
