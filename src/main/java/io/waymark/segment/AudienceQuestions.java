package io.waymark.segment;

import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.BranchScope;
import io.waymark.product.Products;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Explaining;
import io.waymark.segment.rule.Explanation;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.Resolving;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import io.waymark.segment.rule.Truth;
import io.waymark.suitability.Suitability;
import io.waymark.suitability.SuitabilityPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the database who belongs to an audience, how many do and why. A rule is translated anew for
 * every question, so that a saved change counts at once, in every audience that refers to it.
 */
@Component
public class AudienceQuestions {

  /** A person waits for a count no longer; what takes longer is a matter for a schedule. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final JdbcClient jdbc;
  private final Audiences audiences;
  private final MemberCursor cursor;
  private final SuitabilityPolicies policies;
  private final Suitability suitability;
  private final Products products;
  private final ExchangeCalendar calendar;
  private final TagRegistry tags;

  AudienceQuestions(
      JdbcClient jdbc,
      Audiences audiences,
      MemberCursor cursor,
      SuitabilityPolicies policies,
      Suitability suitability,
      Products products,
      ExchangeCalendar calendar,
      TagRegistry tags) {
    this.jdbc = jdbc;
    this.audiences = audiences;
    this.cursor = cursor;
    this.policies = policies;
    this.suitability = suitability;
    this.products = products;
    this.calendar = calendar;
    this.tags = tags;
  }

  /**
   * Whether each of these customers belongs to the audience, in one statement. Customers who do not
   * exist are left out.
   *
   * @throws AudienceRefusedException when there is no such audience
   */
  @Transactional(readOnly = true)
  public Map<Long, Truth> test(String code, Collection<Long> customerIds, Instant now) {
    Resolving resolving = audiences.resolving(code);
    Sql truth = translation(now, resolving).truth(resolving.rule());
    Sql question =
        Sql.sql("select c.id, ")
            .with(truth)
            .with(
                Sql.sql(
                    " as answer from customer c where c.id = any(?)",
                    (Object) customerIds.toArray(Long[]::new)));
    var answers = new HashMap<Long, Truth>();
    jdbc.sql(question.text())
        .params(question.values())
        .query(
            row -> {
              answers.put(row.getLong("id"), Truth.of(row.getObject("answer", Boolean.class)));
            });
    return answers;
  }

  /**
   * How many customers of these branches belong to the audience.
   *
   * @throws AudienceRefusedException when there is no such audience, or counting takes too long
   */
  @Transactional(readOnly = true)
  public long count(String code, BranchScope scope, Instant now) {
    Resolving resolving = audiences.resolving(code);
    return count(resolving, resolving.rule(), scope, now);
  }

  /**
   * How many customers a rule that is not saved yet would select.
   *
   * @throws io.waymark.segment.rule.RuleSyntaxException when the rule cannot be read
   * @throws AudienceRefusedException when it refers to an audience that does not exist, or counting
   *     takes too long
   */
  @Transactional(readOnly = true)
  public long countOfRule(String text, BranchScope scope, Instant now) {
    Resolving resolving = audiences.resolving("");
    Rule rule = AudienceRules.parse(text);
    resolving.check(rule);
    return count(resolving, rule, scope, now);
  }

  private long count(Resolving resolving, Rule rule, BranchScope scope, Instant now) {
    Sql question =
        Sql.sql("select count(*) ")
            .with(translation(now, resolving).members(rule, !scope.all()))
            .with(within(scope));
    MemberCursor.prepare(jdbc, PATIENCE);
    try {
      return jdbc.sql(question.text()).params(question.values()).query(Long.class).single();
    } catch (DataAccessException failure) {
      if (MemberCursor.tooLong(failure)) {
        throw new AudienceRefusedException(
            "人群计算超过 " + PATIENCE.toSeconds() + " 秒已停止,请缩短事件窗口、减少条件,或改为实时或定时人群。");
      }
      throw failure;
    }
  }

  /**
   * Hands over the members in order of customer id, as they stood when the call began. The consumer
   * runs outside the reading transaction, on its own connection, and may commit batch by batch;
   * what it throws ends the reading.
   *
   * @param batchSize most members handed over at once
   */
  public void members(
      String code,
      BranchScope scope,
      Instant now,
      int batchSize,
      Consumer<List<AudienceMember>> consumer) {
    Resolving resolving = audiences.resolving(code);
    Sql selecting = translation(now, resolving).selecting(resolving.rule());
    cursor.read(
        Sql.sql("select c.id, c.branch from customer c where ")
            .with(selecting)
            .with(within(scope))
            .with(Sql.sql(" order by c.id")),
        batchSize,
        consumer);
  }

  /**
   * Why one customer belongs to the audience or not, condition by condition.
   *
   * @return empty when there is no such customer in these branches
   */
  @Transactional(readOnly = true)
  public Optional<Explanation> explain(
      String code, long customerId, BranchScope scope, Instant now) {
    Resolving resolving = audiences.resolving(code);
    return explain(resolving, resolving.rule(), customerId, scope, now);
  }

  /**
   * Why one customer would belong to an audience of this rule or not.
   *
   * @return empty when there is no such customer in these branches
   */
  @Transactional(readOnly = true)
  public Optional<Explanation> explainRule(
      String text, long customerId, BranchScope scope, Instant now) {
    Resolving resolving = audiences.resolving("");
    Rule rule = AudienceRules.parse(text);
    resolving.check(rule);
    return explain(resolving, rule, customerId, scope, now);
  }

  private Optional<Explanation> explain(
      Resolving resolving, Rule rule, long customerId, BranchScope scope, Instant now) {
    var explaining = new Explaining(rule, resolving);
    Sql question = explaining.question(translation(now, resolving), customerId).with(within(scope));
    return jdbc.sql(question.text())
        .params(question.values())
        .query((row, number) -> explaining.explanation(row))
        .optional();
  }

  /** Who may see all is asked nothing: the customer's row need not be read then. */
  private static Sql within(BranchScope scope) {
    return scope.all() ? Sql.sql("") : Sql.sql(" and c.branch = any(?)", (Object) scope.asArray());
  }

  /** What rules are asked at this moment. */
  public Moment moment(Instant now) {
    return new Moment(
        now,
        policies,
        suitability,
        products,
        calendar,
        tag -> tags.find(tag).map(TagDefinition::freshness).orElse(null));
  }

  private RuleSql translation(Instant now, Resolving resolving) {
    return new RuleSql(moment(now), resolving);
  }
}
