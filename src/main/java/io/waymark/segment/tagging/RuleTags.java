package io.waymark.segment.tagging;

import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRefusedException;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelRuns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code rule_tag}: which rule texts are switched on, and who saw to it. */
@Component
public class RuleTags {

  /** Code of the model that computes a tag; the argument is the tag. */
  public static final String MODEL = "rule-tag";

  private final JdbcClient jdbc;
  private final TagRegistry registry;
  private final TagRuleProblems problems;
  private final ModelFeed feed;
  private final ModelRuns runs;
  private final EvidenceLog evidence;
  private final Clock clock;

  RuleTags(
      JdbcClient jdbc,
      TagRegistry registry,
      TagRuleProblems problems,
      ModelFeed feed,
      ModelRuns runs,
      EvidenceLog evidence,
      Clock clock) {
    this.jdbc = jdbc;
    this.registry = registry;
    this.problems = problems;
    this.feed = feed;
    this.runs = runs;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** The name under which the feed notes customers of a tag. */
  static String noted(String tag) {
    return MODEL + ":" + tag;
  }

  /** All that are switched on, by tag. */
  public List<RuleTag> inForce() {
    return jdbc.sql(
            """
            select * from rule_tag where approved_at is not null and ended_at is null order by tag
            """)
        .query(RuleTags::read)
        .list();
  }

  /** The rule a tag is computed by. */
  public Optional<RuleTag> inForce(String tag) {
    return jdbc.sql(
            """
            select * from rule_tag
             where tag = ? and approved_at is not null and ended_at is null
            """)
        .param(tag)
        .query(RuleTags::read)
        .optional();
  }

  /** The rule that waits for approval. */
  public Optional<RuleTag> proposed(String tag) {
    return jdbc.sql(
            "select * from rule_tag where tag = ? and approved_at is null and ended_at is null")
        .param(tag)
        .query(RuleTags::read)
        .optional();
  }

  /**
   * Switches on the rule that stands in the definition. That of a public tag applies at once; any
   * other waits for a compliance officer who is somebody else.
   *
   * @throws TagRefusedException when the tag is not computed by a rule, or its rule is wrong
   */
  @Transactional
  public void switchOn(String tag, String actor) {
    TagDefinition definition =
        registry
            .find(tag)
            .filter(one -> one.source() == TagSource.RULE)
            .orElseThrow(() -> new TagRefusedException("source", "只有来源为“规则计算”的标签可以启用规则。"));
    problems
        .problem(definition)
        .ifPresent(
            problem -> {
              throw new TagRefusedException("rule", problem);
            });
    String rule = Objects.requireNonNull(definition.rule());
    if (inForce(tag).filter(on -> on.rule().equals(rule)).isPresent()) {
      throw new TagRefusedException("rule", "这条规则已经启用，无需重复。");
    }
    Instant now = clock.instant();
    jdbc.sql(
            """
            update rule_tag set ended_by = :actor, ended_at = :now
             where tag = :tag and approved_at is null and ended_at is null
            """)
        .param("actor", actor)
        .param("now", Columns.timestamp(now))
        .param("tag", tag)
        .update();
    boolean second = definition.privacy() != PrivacyClass.PUBLIC;
    long id =
        jdbc.sql(
                """
                insert into rule_tag (tag, rule, needs_approval, author, proposed_at)
                values (?, ?, ?, ?, ?) returning rule_tag_id
                """)
            .params(tag, rule, second, actor, Columns.timestamp(now))
            .query(Long.class)
            .single();
    prove("proposed", tag, id, actor);
    if (!second) {
      begin(id, tag, actor, now);
    }
  }

  /**
   * Approves exactly the rule that was seen.
   *
   * @param id of the rule that waits
   * @throws TagRefusedException when the officer is its author or no compliance officer, or it does
   *     not wait any more
   */
  @Transactional
  public void approve(long id, String officer) {
    String tag =
        jdbc.sql(
                """
                select tag from rule_tag
                 where rule_tag_id = :id and approved_at is null and ended_at is null
                   and lower(author) <> lower(:officer)
                   and exists (select from staff
                                where username = :officer and role = 'compliance' and enabled)
                   for update
                """)
            .param("id", id)
            .param("officer", officer)
            .query(String.class)
            .optional()
            .orElseThrow(
                () -> new TagRefusedException("rule", "无法批准：须由提交人以外的合规人员批准，且规则尚未处理，请刷新后重试。"));
    begin(id, tag, officer, clock.instant());
  }

  private void begin(long id, String tag, String actor, Instant now) {
    end(tag, actor, now);
    jdbc.sql("update rule_tag set approved_by = ?, approved_at = ? where rule_tag_id = ?")
        .params(actor, Columns.timestamp(now), id)
        .update();
    RuleTag on = inForce(tag).orElseThrow();
    feed.interested(noted(tag), cases(on).rules());
    prove("switched_on", tag, id, actor);
    runs.ask(MODEL, tag, actor);
  }

  /**
   * Switches a tag's rule off, or takes back a wish to switch it on; values that were computed are
   * taken away.
   *
   * @throws TagRefusedException when there is neither
   */
  @Transactional
  public void switchOff(String tag, String actor) {
    Instant now = clock.instant();
    int ended =
        jdbc.sql(
                """
                update rule_tag set ended_by = ?, ended_at = ? where tag = ? and ended_at is null
                """)
            .params(actor, Columns.timestamp(now), tag)
            .update();
    if (ended == 0) {
      throw new TagRefusedException("rule", "这个标签没有启用的规则。");
    }
    feed.interested(noted(tag), List.of());
    prove("switched_off", tag, 0, actor);
    runs.ask(MODEL, tag, actor);
  }

  private void end(String tag, String actor, Instant now) {
    jdbc.sql(
            """
            update rule_tag set ended_by = ?, ended_at = ?
             where tag = ? and approved_at is not null and ended_at is null
            """)
        .params(actor, Columns.timestamp(now), tag)
        .update();
  }

  /** Remembers when all customers were computed. */
  void computed(RuleTag tag, Instant at) {
    jdbc.sql("update rule_tag set computed_at = ? where rule_tag_id = ?")
        .params(Columns.timestamp(at), tag.id())
        .update();
  }

  /** What the text of a rule says. */
  TagCases cases(RuleTag tag) {
    TagDefinition definition = registry.find(tag.tag()).orElseThrow();
    return TagCases.read(tag.rule(), definition.type());
  }

  private void prove(String what, String tag, long id, String actor) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.MODEL_DECIDED,
            "tag:" + tag,
            null,
            null,
            actor,
            Map.of("decision", what, "rule", id)));
  }

  private static RuleTag read(ResultSet row, int number) throws SQLException {
    return new RuleTag(
        row.getLong("rule_tag_id"),
        row.getString("tag"),
        row.getString("rule"),
        row.getBoolean("needs_approval"),
        row.getString("author"),
        Columns.instant(row, "proposed_at"),
        row.getString("approved_by"),
        Columns.instantOrNull(row, "approved_at"),
        Columns.instantOrNull(row, "computed_at"));
  }
}
