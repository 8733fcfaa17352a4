package io.waymark.segment;

import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.product.Products;
import io.waymark.segment.posting.PostingQuestions;
import io.waymark.segment.posting.Selected;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the database who belongs to an audience, how many do and why. A rule is translated anew for
 * every question, so that a saved change counts at once, in every audience that refers to it.
 */
@Component
public class AudienceQuestions {

  /** A person waits for a count no longer; what takes longer is a matter for a schedule. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Audiences asked in one statement. */
  private static final int AT_ONCE = 40;

  private final JdbcClient jdbc;
  private final Audiences audiences;
  private final MemberCursor cursor;
  private final PostingQuestions lists;
  private final TransactionTemplate reading;
  private final SuitabilityPolicies policies;
  private final Suitability suitability;
  private final Products products;
  private final ExchangeCalendar calendar;
  private final TagRegistry tags;

  AudienceQuestions(
      JdbcClient jdbc,
      Audiences audiences,
      MemberCursor cursor,
      PostingQuestions lists,
      PlatformTransactionManager transactions,
      SuitabilityPolicies policies,
      Suitability suitability,
      Products products,
      ExchangeCalendar calendar,
      TagRegistry tags) {
    this.jdbc = jdbc;
    this.audiences = audiences;
    this.cursor = cursor;
    this.lists = lists;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
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
   * To which of these audiences one customer belongs, by what is known now. An audience that cannot
   * be asked (what it refers to is gone, or the trading calendar is unknown) is left out.
   */
  @Transactional(readOnly = true)
  public Set<String> belonging(long customerId, Collection<String> codes, Instant now) {
    Set<String> found = new TreeSet<>();
    List<Sql> questions =
        codes.stream()
            .map(code -> belongs(code, customerId, now))
            .flatMap(Optional::stream)
            .toList();
    for (int i = 0; i < questions.size(); i += AT_ONCE) {
      Sql together =
          Sql.joined(" union all ", questions.subList(i, Math.min(i + AT_ONCE, questions.size())));
      found.addAll(jdbc.sql(together.text()).params(together.values()).query(String.class).list());
    }
    return found;
  }

  private Optional<Sql> belongs(String code, long customerId, Instant now) {
    try {
      Resolving resolving = audiences.resolving(code);
      return Optional.of(
          Sql.sql("select ?::text from customer c where c.id = ? and ", code, customerId)
              .with(translation(now, resolving).truth(resolving.rule()).enclosed()));
    } catch (AudienceRefusedException | CalendarUnknownException unanswerable) {
      return Optional.empty();
    }
  }

  /**
   * How many customers of these branches belong to the audience.
   *
   * @throws AudienceRefusedException when there is no such audience, or counting takes too long
   */
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
  public long countOfRule(String text, BranchScope scope, Instant now) {
    Resolving resolving = audiences.resolving("");
    Rule rule = AudienceRules.parse(text);
    resolving.check(rule);
    return count(resolving, rule, scope, now);
  }

  /**
   * Of how many customers of these branches a rule that is not saved yet can say neither yes nor
   * no.
   *
   * @throws AudienceRefusedException as for {@link #countOfRule}
   */
  public long unknownOfRule(String text, BranchScope scope, Instant now) {
    Resolving resolving = audiences.resolving("");
    Rule rule = new Rule.IsUnknown(AudienceRules.parse(text));
    resolving.check(rule);
    return count(resolving, rule, scope, now);
  }

  /**
   * Some of the customers of these branches a rule that is not saved yet would select, in no
   * particular order.
   *
   * @param most how many at most
   * @throws AudienceRefusedException as for {@link #countOfRule}
   */
  public List<Long> sampleOfRule(String text, BranchScope scope, Instant now, int most) {
    Resolving resolving = audiences.resolving("");
    Rule rule = AudienceRules.parse(text);
    resolving.check(rule);
    return patiently(
        () -> listed(resolving, rule, scope, now, PATIENCE).map(found -> found.first(most)),
        () -> {
          Sql question =
              Sql.sql("select c.id ")
                  .with(translation(now, resolving).members(rule, !scope.all()))
                  .with(within(scope))
                  .with(Sql.sql(" limit ?", most));
          return asked(question).query(Long.class).list();
        });
  }

  private long count(Resolving resolving, Rule rule, BranchScope scope, Instant now) {
    return patiently(
        () -> listed(resolving, rule, scope, now, PATIENCE).map(Selected::size),
        () -> {
          Sql question =
              Sql.sql("select count(*) ")
                  .with(translation(now, resolving).members(rule, !scope.all()))
                  .with(within(scope));
          return asked(question).query(Long.class).single();
        });
  }

  private Optional<Selected> listed(
      Resolving resolving, Rule rule, BranchScope scope, Instant now, Duration patience) {
    // Lists know nothing of what a tag may be used for.
    return resolving.barred(rule).isEmpty()
        ? lists.ask(rule, resolving, moment(now), scope, patience)
        : Optional.empty();
  }

  private JdbcClient.StatementSpec asked(Sql question) {
    return jdbc.sql(question.text()).params(question.values());
  }

  /** From lists where they know the answer, from the rows otherwise. */
  private <T> T patiently(Supplier<Optional<T>> fromLists, Supplier<T> fromRows) {
    try {
      Optional<T> known = fromLists.get();
      return known.isPresent() ? known.get() : read(fromRows);
    } catch (DataAccessException failure) {
      if (MemberCursor.tooLong(failure)) {
        throw new AudienceRefusedException(
            "人群计算超过 " + PATIENCE.toSeconds() + " 秒已停止,请缩短事件窗口、减少条件,或改为实时或定时人群。");
      }
      throw failure;
    }
  }

  private <T> T read(Supplier<T> fromRows) {
    return Objects.requireNonNull(
        reading.execute(
            status -> {
              MemberCursor.prepare(jdbc, PATIENCE);
              return fromRows.get();
            }));
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
    Rule rule = resolving.rule();
    Optional<Selected> listed = listed(resolving, rule, scope, now, MemberCursor.LONGEST);
    if (listed.isPresent()) {
      Batches batches = new Batches(batchSize, consumer);
      listed.get().visit((id, branch) -> batches.add(new AudienceMember(id, branch)));
      batches.end();
      return;
    }
    Sql selecting = translation(now, resolving).selecting(rule);
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
   * @param role who asks: values of secret tags are told to compliance officers only; null for
   *     another system
   * @return empty when there is no such customer in these branches
   */
  @Transactional(readOnly = true)
  public Optional<Explanation> explain(
      String code, long customerId, BranchScope scope, @Nullable Role role, Instant now) {
    Resolving resolving = audiences.resolving(code);
    return explain(resolving, resolving.rule(), customerId, scope, role, now);
  }

  /**
   * Why one customer would belong to an audience of this rule or not.
   *
   * @param role as for {@link #explain}
   * @return empty when there is no such customer in these branches
   */
  @Transactional(readOnly = true)
  public Optional<Explanation> explainRule(
      String text, long customerId, BranchScope scope, @Nullable Role role, Instant now) {
    Resolving resolving = audiences.resolving("");
    Rule rule = AudienceRules.parse(text);
    resolving.check(rule);
    return explain(resolving, rule, customerId, scope, role, now);
  }

  private Optional<Explanation> explain(
      Resolving resolving,
      Rule rule,
      long customerId,
      BranchScope scope,
      @Nullable Role role,
      Instant now) {
    var explaining = new Explaining(rule, resolving, tag -> !shown(tag, role));
    Sql question = explaining.question(translation(now, resolving), customerId).with(within(scope));
    return jdbc.sql(question.text())
        .params(question.values())
        .query((row, number) -> explaining.explanation(row))
        .optional();
  }

  private boolean shown(String tag, @Nullable Role role) {
    return tags.find(tag).map(known -> known.privacy().shownTo(role)).orElse(true);
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
