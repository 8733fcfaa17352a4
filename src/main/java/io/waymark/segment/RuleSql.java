package io.waymark.segment;

import static io.waymark.segment.Sql.sql;

import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.segment.Rule.Condition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Translates a rule into SQL about the row {@code c} of table {@code customer}; every value of the
 * rule is a bound parameter.
 *
 * <p>There are two translations. {@link #truth} is a boolean in which null means unknown; it is
 * made for few customers, each looked up by index. {@link #selecting} is true exactly where truth
 * is true; it pushes negation down to the conditions, so that each becomes an {@code exists} that
 * the database can answer by semi- and anti-joins over all customers at once.
 */
final class RuleSql {

  private final OffsetDateTime now;
  private final LocalDate today;
  private final int assessmentMaxDays;
  private final Function<String, Rule> audiences;

  /**
   * @param assessmentMaxDays days after which an assessment counts no more, whatever it says
   * @param audiences finds the rule of another audience; refuses circles
   */
  RuleSql(Instant now, int assessmentMaxDays, Function<String, Rule> audiences) {
    this.assessmentMaxDays = assessmentMaxDays;
    this.now = now.atOffset(ZoneOffset.UTC);
    this.today = LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
    this.audiences = audiences;
  }

  Sql truth(Rule rule) {
    if (rule instanceof Rule.All all) {
      return Sql.join(" and ", all.parts().stream().map(this::truth).toList());
    }
    if (rule instanceof Rule.Any any) {
      return Sql.join(" or ", any.parts().stream().map(this::truth).toList());
    }
    if (rule instanceof Rule.Not not) {
      return sql("not ").with(truth(not.part()));
    }
    if (rule instanceof Rule.InAudience other) {
      return truth(audiences.apply(other.code()));
    }
    return fact((Condition) rule).truth();
  }

  Sql selecting(Rule rule) {
    return selecting(rule, true);
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
    if (rule instanceof Rule.InAudience other) {
      return selecting(audiences.apply(other.code()), wanted);
    }
    return fact((Condition) rule).selecting(wanted);
  }

  private Sql selecting(String joint, List<Rule> parts, boolean wanted) {
    return Sql.join(joint, parts.stream().map(part -> selecting(part, wanted)).toList());
  }

  private Fact fact(Condition condition) {
    if (condition instanceof Rule.TagNumber tag) {
      return tag(tag.tag(), sql("f.number " + tag.comparison().symbol() + " ?", tag.bound()));
    }
    if (condition instanceof Rule.TagText tag) {
      return tag(tag.tag(), among("f.value", tag.among(), tag.values()));
    }
    if (condition instanceof Rule.EventCount count) {
      return new Fact.Count(events(count), count.comparison(), count.bound());
    }
    if (condition instanceof Rule.NeverSince never) {
      return new Fact.Presence(neverSince(never));
    }
    if (condition instanceof Rule.ConsentGiven consent) {
      return consent(consent);
    }
    if (condition instanceof Rule.RiskLevel risk) {
      return assessment(
          sql("f.level collate \"C\" " + risk.comparison().symbol() + " ?", risk.bound().name()));
    }
    if (condition instanceof Rule.AssessmentValid) {
      return assessment(
          sql("f.expires_at >= ? and f.assessed_at >= ?", now, now.minusDays(assessmentMaxDays)));
    }
    if (condition instanceof Rule.Age age) {
      return new Fact.Column(
          sql(
              "extract(year from age(?, c.birth_date)) " + age.comparison().symbol() + " ?",
              today.atStartOfDay(),
              age.years()));
    }
    if (condition instanceof Rule.BranchIn branch) {
      return new Fact.Column(among("c.branch", branch.among(), branch.branches()));
    }
    if (condition instanceof Rule.HoldsProduct holds) {
      return new Fact.Presence(
          sql("from holding f where f.market_value > 0 and f.product = ?", holds.product()));
    }
    if (condition instanceof Rule.HoldsType holds) {
      return new Fact.Presence(
          sql(
              "from holding f join product p on p.code = f.product"
                  + " where f.market_value > 0 and p.type = ?",
              holds.type()));
    }
    throw new AssertionError("a condition without SQL: " + condition);
  }

  private Fact tag(String tag, Sql answer) {
    return new Fact.Row(sql("from customer_tag f where f.tag = ?", tag), answer);
  }

  private Fact assessment(Sql answer) {
    return new Fact.Row(sql("from assessment f where true"), answer);
  }

  /** An expired grant is no word at all, but a refusal stands. */
  private Fact consent(Rule.ConsentGiven consent) {
    return new Fact.Row(
        sql(
            "from consent f where f.purpose = ? and f.channel = ?"
                + " and (f.state = 'REFUSED' or f.expires is null or f.expires > ?)",
            consent.purpose().name(),
            consent.channel().name(),
            now),
        sql("f.state = 'GRANTED'"));
  }

  private Sql events(Rule.EventCount count) {
    if (count.days() == null) {
      return sql(
          "from customer_event f where f.type = ? and f.occurred_at <= ?", count.type(), now);
    }
    return sql(
        "from customer_event f where f.type = ? and f.occurred_at <= ? and f.occurred_at > ?",
        count.type(),
        now,
        now.minusDays(count.days()));
  }

  private Sql neverSince(Rule.NeverSince never) {
    return sql(
        """
        from customer_event f
        where f.type = ? and f.occurred_at <= ?
          and not exists (
            select 1 from customer_event later
            where later.customer_id = f.customer_id and later.type = ?
              and later.occurred_at > f.occurred_at and later.occurred_at <= ?)""",
        never.since(),
        now,
        never.type(),
        now);
  }

  private static Sql among(String column, boolean among, List<String> values) {
    String[] array = values.toArray(String[]::new);
    return among
        ? sql(column + " = any(?)", (Object) array)
        : sql(column + " <> all(?)", (Object) array);
  }
}
