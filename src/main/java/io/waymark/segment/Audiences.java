package io.waymark.segment;

import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.suitability.SuitabilityPolicies;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.quartz.CronExpression;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The audiences. A rule is translated anew for every question, so that a saved change counts at
 * once, in every audience that refers to it.
 */
@Component
public class Audiences {

  private static final String COLUMNS =
      "code, name, rule, purpose, schedule, author, revision, updated_at";

  /** Serialises saving: two audiences saved at once could otherwise close a circle unseen. */
  private static final String ONE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtext('waymark.audience'))";

  private final JdbcClient jdbc;
  private final MemberCursor cursor;
  private final SuitabilityPolicies policies;
  private final Clock clock;

  public Audiences(
      JdbcClient jdbc, MemberCursor cursor, SuitabilityPolicies policies, Clock clock) {
    this.jdbc = jdbc;
    this.cursor = cursor;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * Makes or changes an audience; each save that changes something is a new revision.
   *
   * @throws RuleSyntaxException when the rule cannot be read
   * @throws AudienceRefusedException when code, name, schedule or a referred audience is wrong
   */
  @Transactional
  public Audience save(AudienceDraft draft, String author) {
    checkWords(draft);
    Rule rule = AudienceRules.parse(draft.rule());
    jdbc.sql(ONE_AT_A_TIME).query((row, number) -> "").single();
    new Resolving(draft.code(), this::stored).check(rule);
    Optional<Audience> before = find(draft.code());
    if (before.isPresent() && draftOf(before.get()).equals(draft)) {
      return before.get();
    }
    int revision = before.map(Audience::revision).orElse(0) + 1;
    OffsetDateTime at = OffsetDateTime.now(clock);
    jdbc.sql(
            """
            with saved as (
              insert into audience (code, name, rule, purpose, schedule, author, revision, updated_at)
              values (:code, :name, :rule, :purpose, :schedule, :author, :revision, :at)
              on conflict (code) do update set
                name = excluded.name, rule = excluded.rule, purpose = excluded.purpose,
                schedule = excluded.schedule, author = excluded.author,
                revision = excluded.revision, updated_at = excluded.updated_at
              returning *)
            insert into audience_revision
              (code, revision, name, rule, purpose, schedule, author, saved_at)
            select code, revision, name, rule, purpose, schedule, author, updated_at from saved
            """)
        .param("code", draft.code())
        .param("name", draft.name())
        .param("rule", draft.rule())
        .param("purpose", draft.purpose().code())
        .param("schedule", draft.schedule())
        .param("author", author)
        .param("revision", revision)
        .param("at", at)
        .update();
    return find(draft.code()).orElseThrow();
  }

  public Optional<Audience> find(String code) {
    return jdbc.sql("select " + COLUMNS + " from audience where code = ?")
        .param(code)
        .query(Audiences::audience)
        .optional();
  }

  /** All audiences by code. */
  public List<Audience> all() {
    return jdbc.sql("select " + COLUMNS + " from audience order by code")
        .query(Audiences::audience)
        .list();
  }

  /** Every text the audience ever had, latest first. */
  public List<Audience> revisions(String code) {
    return jdbc.sql(
            """
            select code, name, rule, purpose, schedule, author, revision, saved_at as updated_at
            from audience_revision where code = ? order by revision desc
            """)
        .param(code)
        .query(Audiences::audience)
        .list();
  }

  /**
   * Whether each of these customers belongs to the audience, in one statement. Customers who do not
   * exist are left out.
   *
   * @throws AudienceRefusedException when there is no such audience
   */
  @Transactional(readOnly = true)
  public Map<Long, Truth> test(String code, Collection<Long> customerIds, Instant now) {
    var resolving = new Resolving(code, this::stored);
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

  /** How many customers of these branches belong to the audience. */
  @Transactional(readOnly = true)
  public long count(String code, BranchScope scope, Instant now) {
    var resolving = new Resolving(code, this::stored);
    return count(resolving, resolving.rule(), scope, now);
  }

  /**
   * How many customers a rule that is not saved yet would select.
   *
   * @throws RuleSyntaxException when the rule cannot be read
   * @throws AudienceRefusedException when it refers to an audience that does not exist
   */
  @Transactional(readOnly = true)
  public long countOfRule(String rule, BranchScope scope, Instant now) {
    return count(new Resolving("", this::stored), AudienceRules.parse(rule), scope, now);
  }

  private long count(Resolving resolving, Rule rule, BranchScope scope, Instant now) {
    Sql question =
        Sql.sql("select count(*) from customer c where ")
            .with(translation(now, resolving).selecting(rule))
            .with(Sql.sql(" and (? or c.branch = any(?))", scope.all(), scope.asArray()));
    return jdbc.sql(question.text()).params(question.values()).query(Long.class).single();
  }

  /**
   * Hands over the members in order of customer id, as they stood when the call began. The consumer
   * runs outside the reading transaction, on its own connection, and may commit batch by batch;
   * what it throws ends the reading.
   *
   * @param batchSize most members handed over at once
   */
  public void members(
      String code, Instant now, int batchSize, Consumer<List<AudienceMember>> consumer) {
    var resolving = new Resolving(code, this::stored);
    Sql selecting = translation(now, resolving).selecting(resolving.rule());
    cursor.read(
        Sql.sql("select c.id, c.branch from customer c where ")
            .with(selecting)
            .with(Sql.sql(" order by c.id")),
        batchSize,
        consumer);
  }

  /**
   * Why one customer belongs to the audience or not, condition by condition.
   *
   * @return empty when there is no such customer
   */
  @Transactional(readOnly = true)
  public Optional<Explanation> explain(String code, long customerId, Instant now) {
    var resolving = new Resolving(code, this::stored);
    var explaining = new Explaining(resolving.rule(), resolving);
    Sql question = explaining.question(translation(now, resolving), customerId);
    return jdbc.sql(question.text())
        .params(question.values())
        .query((row, number) -> explaining.explanation(truths(row, explaining.size())))
        .optional();
  }

  private RuleSql translation(Instant now, Resolving resolving) {
    return new RuleSql(now, policies.at(now).value().assessmentMaxDays().value(), resolving);
  }

  private static List<Truth> truths(ResultSet row, int size) throws SQLException {
    var truths = new ArrayList<Truth>(size);
    for (int column = 1; column <= size; column++) {
      truths.add(Truth.of(row.getObject(column, Boolean.class)));
    }
    return truths;
  }

  private Optional<Rule> stored(String code) {
    return find(code).map(audience -> AudienceRules.parse(audience.rule()));
  }

  private static AudienceDraft draftOf(Audience audience) {
    return new AudienceDraft(
        audience.code(), audience.name(), audience.rule(), audience.purpose(), audience.schedule());
  }

  private static void checkWords(AudienceDraft draft) {
    if (!draft.code().matches("[a-z][a-z0-9-]{1,62}")) {
      throw new AudienceRefusedException(
          "人群代码“" + draft.code() + "”不可用:请用小写字母开头,只含小写字母、数字和连字符,2 到 63 位。");
    }
    if (draft.name().isBlank()) {
      throw new AudienceRefusedException("请填写人群名称。");
    }
    String schedule = draft.schedule();
    if (schedule != null && !CronExpression.isValidExpression(schedule)) {
      throw new AudienceRefusedException(
          "定时“" + schedule + "”不是 Quartz cron 表达式,例如每天 9 点写作“0 0 9 * * ?”。");
    }
  }

  private static Audience audience(ResultSet row, int number) throws SQLException {
    return new Audience(
        row.getString("code"),
        row.getString("name"),
        row.getString("rule"),
        Purpose.of(row.getString("purpose")),
        row.getString("schedule"),
        row.getString("author"),
        row.getInt("revision"),
        row.getTimestamp("updated_at").toInstant());
  }
}
