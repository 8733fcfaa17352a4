package io.waymark.segment.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagChange;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagHistory;
import io.waymark.customer.tag.TagRefusedException;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.customer.tag.TagValue;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelHouse;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.Truth;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tags computed by rules, and what tags may be used for. */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
@Import(ModelHouse.class)
class RuleTagsTest {

  @Autowired ModelHouse house;
  @Autowired RuleTags ruleTags;
  @Autowired RuleTagTrial trial;
  @Autowired TagRegistry registry;
  @Autowired CustomerTags tags;
  @Autowired TagHistory history;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired ModelRuns runs;
  @Autowired ModelFeed feed;
  @Autowired StatementCounter statements;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final String mark = "rt" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
  private final String source = mark + "_src";
  private final String tag = mark + "_out";

  @BeforeEach
  void quiet() {
    house.quiet();
    registry.save(definition(source, TagType.NUMBER, PrivacyClass.PUBLIC, Set.of(), null, 7), "a");
  }

  @AfterEach
  void switchedOff() {
    ruleTags.inForce().forEach(one -> ruleTags.switchOff(one.tag(), "test"));
    house.quiet();
  }

  @Test
  void the_first_rule_that_holds_gives_the_value_and_an_unknown_one_gives_none() {
    declare(PrivacyClass.PUBLIC);
    long big = house.customer();
    long middle = house.customer();
    long small = house.customer();
    long unknown = house.customer();
    set(big, "5000");
    set(middle, "500");
    set(small, "5");

    ruleTags.switchOn(tag, "marketer");
    work();

    assertThat(List.of(value(big), value(middle), value(small), value(unknown)))
        .containsExactly("big", "middle", "small", "-");
    assertThat(history.of(big, Instant.EPOCH, clock.instant().plusSeconds(1)))
        .filteredOn(change -> change.tag().equals(tag))
        .extracting(TagChange::after, TagChange::actor)
        .containsExactly(tuple("big", "rule:" + tag));
    assertThat(runs.last(RuleTags.MODEL, tag).orElseThrow().isDone()).isTrue();
    assertThat(ruleTags.inForce(tag).orElseThrow().computedAt()).isNotNull();
  }

  @Test
  void a_change_of_a_fact_is_followed_for_that_customer_alone_and_in_few_statements() {
    declare(PrivacyClass.PUBLIC);
    List<Long> many = house.customers(40);
    ruleTags.switchOn(tag, "marketer");
    work();

    tags.setAll(many.stream().map(one -> new TagValue(one, source, "5000")).toList(), "test");
    assertThat(house.dirty(RuleTags.noted(tag))).containsExactlyInAnyOrderElementsOf(many);
    List<String> asked = statements.during(feed::follow);

    assertThat(many).allMatch(one -> value(one).equals("big"));
    assertThat(StatementCounter.repeated(asked)).isEmpty();
    assertThat(asked).hasSizeLessThan(12);

    tags.remove(source, many.subList(0, 1), "test");
    house.follow();
    assertThat(value(many.get(0))).isEqualTo("-");
    assertThat(value(many.get(1))).isEqualTo("big");

    clock.advance(Duration.ofHours(1));
    tags.setAll(List.of(new TagValue(many.get(1), source, "5000")), "test");
    assertThat(house.dirty(RuleTags.noted(tag))).as("the same value anew").isEmpty();
  }

  @Test
  void a_new_customer_and_an_event_are_followed_too() {
    String type = mark + ".seen";
    house.type(type);
    registry.save(
        definition(
            tag, TagType.FLAG, PrivacyClass.PUBLIC, Set.of(), "event '" + type + "' exists", 7),
        "marketer");
    ruleTags.switchOn(tag, "marketer");
    work();

    long late = house.customer();
    house.follow();
    assertThat(value(late)).isEqualTo("false");

    house.event(late, type, clock.instant(), Map.of());
    house.follow();
    assertThat(value(late)).isEqualTo("true");
  }

  @Test
  void the_night_keeps_a_value_fresh_and_takes_away_what_became_unknown() {
    declare(PrivacyClass.PUBLIC);
    long one = house.customer();
    set(one, "5000");
    ruleTags.switchOn(tag, "marketer");
    work();
    Instant first = asOf(one);

    clock.advance(Duration.ofDays(1));
    night();
    assertThat(asOf(one)).as("confirmed too early").isEqualTo(first);

    clock.advance(Duration.ofDays(2));
    night();
    assertThat(asOf(one)).isEqualTo(clock.instant());

    clock.advance(Duration.ofDays(5));
    night();
    assertThat(value(one)).as("the source is stale").isEqualTo("-");
  }

  @Test
  void what_it_would_do_is_told_before_it_is_switched_on() {
    declare(PrivacyClass.PUBLIC);
    String branch = house.ownBranch();
    long big = house.customer(branch);
    house.customer(branch);
    set(big, "5000");
    TagDefinition definition = registry.find(tag).orElseThrow();

    List<RuleTagTrial.Share> shares = trial.of(definition, BranchScope.of(branch));

    assertThat(shares)
        .containsExactly(
            new RuleTagTrial.Share("big", 1, 1),
            new RuleTagTrial.Share("middle", 0, 0),
            new RuleTagTrial.Share("small", 0, 0),
            new RuleTagTrial.Share(null, 1, 0));
    assertThat(value(big)).isEqualTo("-");
  }

  @Test
  void a_sensitive_tag_waits_for_an_officer_who_is_somebody_else() {
    declare(PrivacyClass.SENSITIVE);
    long big = house.customer();
    set(big, "5000");
    String officer = house.officer();

    ruleTags.switchOn(tag, officer);
    RuleTag waiting = ruleTags.proposed(tag).orElseThrow();
    house.work();
    assertThat(value(big)).isEqualTo("-");
    assertThatThrownBy(() -> ruleTags.approve(waiting.id(), officer))
        .isInstanceOf(TagRefusedException.class)
        .hasMessageContaining("提交人以外");
    assertThatThrownBy(() -> ruleTags.approve(waiting.id(), "somebody"))
        .isInstanceOf(TagRefusedException.class);
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update rule_tag set approved_by = author, approved_at = now() where tag ="
                            + " ?")
                    .param(tag)
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("rule_tag_four_eyes");

    ruleTags.approve(waiting.id(), house.officer());
    work();
    assertThat(value(big)).isEqualTo("big");

    ruleTags.switchOff(tag, "marketer");
    work();
    assertThat(value(big)).isEqualTo("-");
  }

  @Test
  void a_changed_rule_counts_only_once_it_is_switched_on() {
    declare(PrivacyClass.PUBLIC);
    long one = house.customer();
    set(one, "500");
    ruleTags.switchOn(tag, "marketer");
    work();
    registry.save(
        definition(
            tag, TagType.TEXT, PrivacyClass.PUBLIC, Set.of(), rule().replace("100 ", "1000 "), 7),
        "marketer");
    night();
    assertThat(value(one)).isEqualTo("middle");

    ruleTags.switchOn(tag, "marketer");
    work();
    assertThat(value(one)).isEqualTo("small");
    assertThatThrownBy(() -> ruleTags.switchOn(tag, "marketer")).hasMessageContaining("已经启用");
  }

  @Test
  void a_conclusion_is_held_as_closely_and_used_for_no_more_than_what_it_comes_from() {
    registry.reclassify(source, PrivacyClass.SENSITIVE, "测试", "officer");
    assertThatThrownBy(() -> declare(PrivacyClass.PUBLIC)).hasMessageContaining("密级更高");

    registry.save(
        definition(source, TagType.NUMBER, PrivacyClass.PUBLIC, Set.of(Purpose.SERVICE), null, 7),
        "a");
    assertThatThrownBy(() -> declare(PrivacyClass.SENSITIVE)).hasMessageContaining("只能用于 service");
    registry.save(
        definition(tag, TagType.TEXT, PrivacyClass.SENSITIVE, Set.of(Purpose.SERVICE), rule(), 7),
        "marketer");
  }

  @Test
  void a_source_whose_purposes_are_narrowed_later_concludes_nothing() {
    declare(PrivacyClass.PUBLIC);
    long one = house.customer();
    set(one, "500");
    ruleTags.switchOn(tag, "marketer");
    work();
    registry.save(
        definition(source, TagType.NUMBER, PrivacyClass.PUBLIC, Set.of(Purpose.SERVICE), null, 7),
        "a");

    night();

    assertThat(value(one)).isEqualTo("-");
  }

  @Test
  void rules_with_mistakes_are_refused_in_sentences() {
    refused("tag x >= 1", "每种取值写一行");
    refused("big: 其余", "前面至少要有一条规则");
    refused("big: 其余\nsmall: age > 3", "只能写在最后一行");
    refused("big: age > 3\nbig: age > 5", "写了两次");
    refused("big: age >> 3", "规则有误");
    refused("big: in audience dormant", "不能引用人群");
    refused("big: tag " + mark + "_nobody >= 1", "没有登记");
    registry.save(
        definition(tag, TagType.TEXT, PrivacyClass.PUBLIC, Set.of(), "a: age > 3", 7), "m");
    refused("big: tag " + tag + " = 'a'", "本标签自己");
    registry.save(
        definition(
            mark + "_b",
            TagType.TEXT,
            PrivacyClass.PUBLIC,
            Set.of(),
            "a: tag " + tag + " = 'a'",
            7),
        "m");
    refused("big: tag " + mark + "_b = 'a'", "本标签自己");
  }

  @Test
  void an_audience_for_a_purpose_the_tag_does_not_serve_is_refused_and_later_knows_nothing() {
    registry.save(
        definition(source, TagType.NUMBER, PrivacyClass.PUBLIC, Set.of(Purpose.SERVICE), null, 7),
        "a");
    String code = mark + "-aud";
    assertThatThrownBy(() -> save(code, "has tag " + source, Purpose.PRODUCT_MARKETING))
        .isInstanceOf(AudienceRefusedException.class)
        .hasMessageContaining(source)
        .hasMessageContaining("product_marketing");
    save(code, "not (tag " + source + " < 100) and has tag " + source, Purpose.SERVICE);
    assertThatThrownBy(
            () -> save(mark + "-outer", "in audience '" + code + "'", Purpose.PRODUCT_MARKETING))
        .hasMessageContaining(source);
    long one = house.customer();
    set(one, "500");
    assertThat(questions.test(code, List.of(one), clock.instant())).containsEntry(one, Truth.YES);

    registry.save(
        definition(source, TagType.NUMBER, PrivacyClass.PUBLIC, Set.of(Purpose.EDUCATION), null, 7),
        "a");

    assertThat(questions.test(code, List.of(one), clock.instant()))
        .containsEntry(one, Truth.UNKNOWN);
    assertThat(questions.count(code, BranchScope.everywhere(), clock.instant())).isZero();
    assertThat(audiences.barred(code, Purpose.SERVICE)).isPresent();
    assertThat(audiences.barred(code, Purpose.EDUCATION)).isEmpty();
  }

  private void refused(String rule, String sentence) {
    assertThatThrownBy(
            () ->
                registry.save(
                    definition(tag, TagType.TEXT, PrivacyClass.PUBLIC, Set.of(), rule, 7), "m"))
        .as(rule)
        .isInstanceOf(TagRefusedException.class)
        .hasMessageContaining(sentence);
  }

  private void save(String code, String rule, Purpose purpose) {
    audiences.save(new AudienceDraft(code, "用途测试", rule, purpose, null), "marketer");
  }

  private String rule() {
    return "big: tag %1$s >= 1000\nmiddle: tag %1$s >= 100 \n  and tag %1$s < 1000\nsmall: 其余"
        .formatted(source);
  }

  private void declare(PrivacyClass privacy) {
    registry.save(definition(tag, TagType.TEXT, privacy, Set.of(), rule(), 7), "marketer");
  }

  private static TagDefinition definition(
      String code,
      TagType type,
      PrivacyClass privacy,
      Set<Purpose> purposes,
      @Nullable String rule,
      int days) {
    return new TagDefinition(
        code,
        code,
        "测试",
        type,
        rule == null ? TagSource.IMPORTED : TagSource.RULE,
        "测试",
        Duration.ofDays(days),
        privacy,
        purposes,
        List.of(),
        true,
        rule);
  }

  private void set(long customer, String value) {
    tags.set(customer, source, value, "test");
  }

  private void work() {
    house.work();
  }

  private void night() {
    ruleTags.inForce().forEach(one -> runs.ask(RuleTags.MODEL, one.tag(), "system"));
    house.work();
  }

  private String value(long customer) {
    return house.value(customer, tag);
  }

  private Instant asOf(long customer) {
    return jdbc.sql("select as_of from customer_tag where customer_id = ? and tag = ?")
        .params(customer, tag)
        .query((row, number) -> row.getTimestamp(1).toInstant())
        .single();
  }
}
