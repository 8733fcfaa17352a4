package io.waymark.segment.tagging;

import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagValue;
import io.waymark.customer.tag.TagWriter;
import io.waymark.platform.database.Columns;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.model.CustomerPieces;
import io.waymark.segment.model.FollowedModel;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.model.ModelWork;
import io.waymark.segment.model.NightlyModel;
import io.waymark.segment.model.RunProgress;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives customers the values of the rule tags that are switched on: all of them every night and on
 * demand, and those whose facts have changed within seconds. Three statements for a piece, however
 * large.
 */
@Component
class RuleTagComputing implements ModelWork, FollowedModel, NightlyModel {

  private static final String PREFIX = RuleTags.noted("");

  private final JdbcClient jdbc;
  private final RuleTags ruleTags;
  private final TagRegistry registry;
  private final TagRuleProblems problems;
  private final AudienceQuestions questions;
  private final TagWriter tags;
  private final CustomerPieces customers;
  private final ModelFeed feed;
  private final ModelRuns runs;
  private final Clock clock;

  RuleTagComputing(
      JdbcClient jdbc,
      RuleTags ruleTags,
      TagRegistry registry,
      TagRuleProblems problems,
      AudienceQuestions questions,
      TagWriter tags,
      CustomerPieces customers,
      ModelFeed feed,
      ModelRuns runs,
      Clock clock) {
    this.jdbc = jdbc;
    this.ruleTags = ruleTags;
    this.registry = registry;
    this.problems = problems;
    this.questions = questions;
    this.tags = tags;
    this.customers = customers;
    this.feed = feed;
    this.runs = runs;
    this.clock = clock;
  }

  @Override
  public String model() {
    return RuleTags.MODEL;
  }

  @Override
  public void askForTheNight() {
    ruleTags.inForce().forEach(one -> runs.ask(RuleTags.MODEL, one.tag(), "system"));
  }

  /** The argument is the tag; values of one that is switched off are taken away. */
  @Override
  public String run(String argument, RunProgress progress) {
    feed.forget(RuleTags.noted(argument));
    Optional<RuleTag> on = ruleTags.inForce(argument);
    Instant now = now();
    long done = customers.each(progress, piece -> compute(argument, piece, now));
    on.ifPresent(one -> ruleTags.computed(one, now));
    return "共 %d 名客户。".formatted(done);
  }

  @Override
  public boolean follows(String model) {
    return model.startsWith(PREFIX);
  }

  @Override
  public void follow(String model, Collection<Long> customerIds, Instant now) {
    compute(model.substring(PREFIX.length()), customerIds, now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The rule is read anew for every piece: it may have been switched off meanwhile. */
  private void compute(String tag, Collection<Long> customerIds, Instant now) {
    TagDefinition definition = registry.find(tag).orElseThrow();
    // What a source may be used for may have been narrowed since: then nothing is concluded.
    Optional<TagCases> cases =
        ruleTags
            .inForce(tag)
            .map(ruleTags::cases)
            .filter(one -> problems.concluded(definition, one).isEmpty());
    Sql value =
        cases
            .map(one -> one.value(new RuleSql(questions.moment(now), AudienceRules::none)))
            .orElseGet(() -> Sql.sql("null::text "));
    Sql question =
        Sql.sql("select c.id, ")
            .with(value)
            .with(
                Sql.sql(
                    """
                    as value, (select t.value from customer_tag t
                      where t.customer_id = c.id and t.tag = ?) as former,
                     (select t.as_of from customer_tag t
                      where t.customer_id = c.id and t.tag = ?) as as_of\
                    """,
                    tag,
                    tag))
            .with(CustomerPieces.among(customerIds));
    write(
        tag,
        jdbc.sql(question.text()).params(question.values()).query(RuleTagComputing::read).list(),
        definition.freshness(),
        now);
  }

  private void write(String tag, List<Line> lines, @Nullable Duration freshness, Instant now) {
    List<TagValue> known = new ArrayList<>();
    List<Long> lost = new ArrayList<>();
    for (Line line : lines) {
      if (line.value() == null) {
        if (line.former() != null) {
          lost.add(line.customerId());
        }
      } else if (line.needsWriting(freshness, now)) {
        known.add(new TagValue(line.customerId(), tag, line.value(), now));
      }
    }
    tags.setAll(known, "rule:" + tag);
    if (!lost.isEmpty()) {
      tags.remove(tag, lost, "rule:" + tag);
    }
  }

  private static Line read(ResultSet row, int number) throws SQLException {
    return new Line(
        row.getLong("id"),
        row.getString("value"),
        row.getString("former"),
        Columns.instantOrNull(row, "as_of"));
  }

  /** A customer, the value the rules give now and what stands in the tag; null for none. */
  private record Line(
      long customerId, @Nullable String value, @Nullable String former, @Nullable Instant asOf) {

    /** A value that stands is confirmed before a third of its freshness is over. */
    boolean needsWriting(@Nullable Duration freshness, Instant now) {
      return !Objects.equals(value, former)
          || asOf == null
          || (freshness != null && asOf.isBefore(now.minus(freshness.dividedBy(3))));
    }
  }
}
