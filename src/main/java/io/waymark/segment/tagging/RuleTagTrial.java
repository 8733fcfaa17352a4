package io.waymark.segment.tagging;

import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRefusedException;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says, before a rule is switched on, how many customers would get which value. */
@Component
public class RuleTagTrial {

  private static final String CANCELLED = "57014";

  private final JdbcClient jdbc;
  private final TagRuleProblems problems;
  private final AudienceQuestions questions;
  private final Clock clock;

  RuleTagTrial(
      JdbcClient jdbc, TagRuleProblems problems, AudienceQuestions questions, Clock clock) {
    this.jdbc = jdbc;
    this.problems = problems;
    this.questions = questions;
    this.clock = clock;
  }

  /**
   * One value.
   *
   * @param value null for customers who would have none
   * @param customers how many would get it
   * @param changed of them, who have another value or none today
   */
  public record Share(@Nullable String value, long customers, long changed) {}

  /**
   * The values in the order of the cases, those without a value last; nothing is written.
   *
   * @throws TagRefusedException when the rule is wrong or takes longer than 15 seconds
   */
  @Transactional(readOnly = true)
  public List<Share> of(TagDefinition definition, BranchScope scope) {
    problems
        .problem(definition)
        .ifPresent(
            problem -> {
              throw new TagRefusedException("rule", problem);
            });
    TagCases cases = TagCases.read(Objects.requireNonNull(definition.rule()), definition.type());
    Map<String, Share> found = new HashMap<>();
    try {
      jdbc.sql("select set_config('statement_timeout', '15s', true)")
          .query((row, number) -> "")
          .single();
      ask(definition.code(), cases, scope)
          .forEach(one -> found.put(String.valueOf(one.value()), one));
    } catch (DataAccessException failure) {
      if (failure.getMostSpecificCause() instanceof SQLException cause
          && CANCELLED.equals(cause.getSQLState())) {
        throw new TagRefusedException("rule", "试算超过 15 秒已停止，请缩短事件窗口或减少条件。");
      }
      throw failure;
    }
    List<Share> shares = new ArrayList<>();
    cases.cases().forEach(one -> shares.add(share(found, one.value())));
    shares.add(share(found, null));
    return shares;
  }

  private static Share share(Map<String, Share> found, @Nullable String value) {
    return found.getOrDefault(String.valueOf(value), new Share(value, 0, 0));
  }

  private List<Share> ask(String tag, TagCases cases, BranchScope scope) {
    Sql question =
        Sql.sql(
                """
                select value, count(*) as customers,
                       count(*) filter (where value is distinct from former) as changed
                  from (select\s\
                """)
            .with(cases.value(new RuleSql(questions.moment(clock.instant()), AudienceRules::none)))
            .with(
                Sql.sql(
                    """
                    as value, (select t.value from customer_tag t
                      where t.customer_id = c.id and t.tag = ?) as former
                      from customer c
                     where c.merged_into is null and c.erased_at is null
                       and (? or c.branch = any(?))) answered
                    group by value\
                    """,
                    tag,
                    scope.all(),
                    scope.asArray()));
    return jdbc.sql(question.text()).params(question.values()).query(Share.class).list();
  }
}
