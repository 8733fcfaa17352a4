package io.waymark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.customer.tag.TagValue;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.posting.PostingKeeping;
import io.waymark.segment.posting.PostingQuestions;
import io.waymark.segment.posting.Selected;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;

/**
 * Lists stay what the rows are while the rows change: values set, set back in time and taken away,
 * events that come late, go or become another customer's, customers who move or are new; whether
 * lists are built anew in between or not, and whatever moment is asked about.
 */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class ListedChangesProperties {

  private static final Instant NOW = MovableClock.START;
  private static final List<String> BRANCHES = List.of("LISTED1", "LISTED2", "LISTED3");
  private static final List<String> TAGS = List.of("asset_total", "tier", "agree_fresh");
  private static final List<String> TYPES = List.of("login", "dca.created", "dca.terminated");
  private static final List<String> VALUES =
      List.of("-3.5", "0", "1000", "500000", "core", "growth");

  private static List<Long> ids = List.of();
  private static int made;

  @Autowired ApplicationContext context;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired PostingQuestions lists;
  @Autowired PostingKeeping keeping;
  @Autowired CustomerTags tags;
  @Autowired CustomerEvents events;
  @Autowired TagRegistry registry;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeProperty
  void settle() throws Exception {
    new TestContextManager(getClass()).prepareTestInstance(this);
    registry.save(
        new TagDefinition(
            "agree_fresh",
            "会过期",
            "测试",
            TagType.NUMBER,
            TagSource.IMPORTED,
            "test",
            Duration.ofDays(2),
            PrivacyClass.PUBLIC,
            Set.of(),
            List.of(),
            false,
            null),
        "test");
    ids = new ArrayList<>(settled(IntStream.range(0, 30).mapToObj(i -> newcomer()).toList()));
    RuleAgreementProperties.saveNested(audiences);
    Lists.of(context)
        .build(
            NOW,
            List.of("asset_total", "tier", "agree_fresh", "missing"),
            List.of("login", "dca.created", "dca.terminated", "dca.deduct_failed"));
  }

  @Property(tries = 60)
  void lists_say_what_the_rows_say_after_every_change(
      @ForAll("rules") Rule rule, @ForAll Random random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      change(random);
    }
    if (random.nextInt(4) == 0) {
      clock.set(NOW.plus(Duration.ofMinutes(61L * random.nextInt(30))));
      Lists.of(context).keep();
    }
    Instant at = NOW.plus(Duration.ofHours(random.nextInt(100) - 50L));
    Moment moment = questions.moment(at);
    BranchScope scope =
        random.nextBoolean() ? BranchScope.everywhere() : BranchScope.of(BRANCHES.get(0));

    Map<Long, String> listed = new TreeMap<>();
    Selected found =
        lists
            .ask(rule, audiences.resolving(""), moment, scope, Duration.ofMinutes(1))
            .orElseThrow(() -> new AssertionError("no lists for " + RuleTexts.write(rule)));
    found.visit(listed::put);

    assertThat(listed)
        .as("%s at %s", RuleTexts.write(rule), at)
        .isEqualTo(rows(rule, moment, scope));
    assertThat(found.size()).isEqualTo(listed.size());
  }

  @Provide
  Arbitrary<Rule> rules() {
    return RuleAgreementProperties.listedRule();
  }

  private Map<Long, String> rows(Rule rule, Moment moment, BranchScope scope) {
    Sql question =
        Sql.sql("select c.id, c.branch from customer c where ")
            .with(new RuleSql(moment, audiences.resolving("")).selecting(rule));
    Map<Long, String> rows = new TreeMap<>();
    jdbc.sql(question.text())
        .params(question.values())
        .query(
            row -> {
              if (scope.covers(row.getString(2))) {
                rows.put(row.getLong(1), row.getString(2));
              }
            });
    return rows;
  }

  private void change(Random random) {
    long id = pick(ids, random);
    switch (random.nextInt(8)) {
      case 0, 1 ->
          tags.setAll(
              List.of(
                  new TagValue(
                      id,
                      pick(TAGS, random),
                      pick(VALUES, random),
                      NOW.minus(Duration.ofHours(random.nextInt(72))))),
              "test");
      case 2 -> tags.remove(pick(TAGS, random), List.of(id), "test");
      case 3 ->
          jdbc.sql("update customer_tag set as_of = ? where customer_id = ?")
              .params(java.sql.Timestamp.from(NOW.minus(Duration.ofHours(72))), id)
              .update();
      case 4 -> happened(id, random);
      case 5 ->
          jdbc.sql("delete from customer_event where customer_id = ? and type = ?")
              .params(id, pick(TYPES, random))
              .update();
      case 6 ->
          jdbc.sql("update customer_event set customer_id = ? where customer_id = ? and type = ?")
              .params(id, pick(ids, random), pick(TYPES, random))
              .update();
      default -> moved(id, random);
    }
  }

  private void happened(long id, Random random) {
    String ref =
        jdbc.sql("select ref from customer where id = ?").param(id).query(String.class).single();
    events.accept(
        "test",
        List.of(
            new IncomingEvent(
                "listed-" + made++ + "-" + ref,
                ref,
                pick(TYPES, random),
                NOW.minus(Duration.ofHours(random.nextInt(24 * 100))),
                Map.of())));
  }

  private void moved(long id, Random random) {
    if (random.nextInt(3) == 0) {
      ids.addAll(settled(List.of(newcomer())));
    } else {
      jdbc.sql("update customer set branch = ?, advisor = ?, customer_class = ? where id = ?")
          .params(
              pick(BRANCHES, random),
              random.nextBoolean() ? null : "li",
              random.nextBoolean() ? "ORDINARY" : "PROFESSIONAL",
              id)
          .update();
    }
  }

  private static Person newcomer() {
    return new Person(
        "LISTED-" + System.nanoTime() + "-" + made++,
        BRANCHES.get(made % 3),
        made % 2 == 0 ? "li" : null,
        CustomerClass.ORDINARY,
        null,
        Map.of(),
        List.of(),
        Map.of(),
        null,
        Map.of());
  }

  private List<Long> settled(List<Person> people) {
    return List.copyOf(new Population(context, NOW).settle(people).values());
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
