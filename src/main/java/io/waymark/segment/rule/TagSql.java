package io.waymark.segment.rule;

import static io.waymark.segment.rule.Sql.sql;

import java.time.Instant;
import java.util.function.Predicate;

/** Reads tags. One that may not be used here is unknown of everybody, whatever stands in it. */
final class TagSql {

  private final Moment moment;
  private final Predicate<String> barred;

  TagSql(Moment moment, Predicate<String> barred) {
    this.moment = moment;
    this.barred = barred;
  }

  Fact fact(TagCondition condition) {
    if (barred.test(condition.tag())) {
      return new Fact.Column(sql("null::boolean"), sql("'此标签不能用于这个用途'"));
    }
    if (condition instanceof TagCondition.Number number) {
      return row(
          number.tag(), sql("f.number " + number.comparison().symbol() + " ?", number.bound()));
    }
    if (condition instanceof TagCondition.Between between) {
      return row(between.tag(), sql("f.number between ? and ?", between.least(), between.most()));
    }
    if (condition instanceof TagCondition.Text text) {
      return row(text.tag(), RuleSql.among("f.value", text.among(), text.values()));
    }
    if (condition instanceof TagCondition.Known known) {
      return new Fact.Presence(fresh(known.tag()), seen(known.tag()));
    }
    TagCondition.ValueAge age = (TagCondition.ValueAge) condition;
    Instant then = moment.now().minus(age.span().duration());
    return new Fact.Row(
        stored(age.tag()),
        sql("f.as_of " + age.comparison().mirrored().symbol() + " ?", Moment.stamp(then)),
        seen(age.tag()));
  }

  private Fact row(String tag, Sql answer) {
    return new Fact.Row(fresh(tag), answer, seen(tag));
  }

  private Sql stored(String tag) {
    return sql("from customer_tag f where f.tag = ?", tag);
  }

  private Sql fresh(String tag) {
    Instant oldest = moment.oldest(tag);
    return oldest == null
        ? stored(tag)
        : stored(tag).with(sql(" and f.as_of >= ?", Moment.stamp(oldest)));
  }

  private Sql seen(String tag) {
    return sql("(select f.value || '(' || " + RuleSql.moment("f.as_of") + " || ')' ")
        .with(stored(tag))
        .with(sql(" and f.customer_id = c.id)"));
  }
}
