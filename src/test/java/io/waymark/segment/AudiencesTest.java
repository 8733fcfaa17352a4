package io.waymark.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.Explanation;
import io.waymark.segment.rule.Truth;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class AudiencesTest {

  private static final Instant NOW = MovableClock.START;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired ApplicationContext context;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired ShippedAudiences shipped;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final String mark = "AUD" + NUMBER.incrementAndGet();
  private final String code = "test-" + mark.toLowerCase(Locale.ROOT);

  @Test
  void an_audience_comes_back_with_its_author_and_every_revision() {
    save("age >= 18");
    clock.advance(Duration.ofHours(1));
    audiences.save(new AudienceDraft(code, "成年人", "age >= 20", Purpose.ACTIVITY, null), "li");

    assertThat(audiences.find(code))
        .contains(
            new Audience(
                code,
                "成年人",
                "age >= 20",
                Purpose.ACTIVITY,
                null,
                false,
                "li",
                2,
                NOW.plus(Duration.ofHours(1))));
    assertThat(audiences.revisions(code))
        .extracting(Audience::rule, Audience::author)
        .containsExactly(tuple("age >= 20", "li"), tuple("age >= 18", "wang"));
  }

  @Test
  void saving_the_same_text_again_is_no_new_revision() {
    save("age >= 18");
    audiences.save(new AudienceDraft(code, "测试", "age >= 18", Purpose.SERVICE, null), "li");

    assertThat(audiences.find(code))
        .hasValueSatisfying(
            audience -> {
              assertThat(audience.revision()).isEqualTo(1);
              assertThat(audience.author()).isEqualTo("wang");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X", "1a", "a b", "a'b", "a;drop table audience"})
  void a_code_that_cannot_be_written_bare_is_refused(String wrong) {
    assertThatThrownBy(
            () ->
                audiences.save(
                    new AudienceDraft(wrong, "测试", "age >= 18", Purpose.SERVICE, null), "wang"))
        .isInstanceOf(AudienceRefusedException.class)
        .hasMessageContaining("人群代码");
  }

  @Test
  void a_schedule_must_be_a_cron_expression() {
    assertThatThrownBy(
            () ->
                audiences.save(
                    new AudienceDraft(code, "测试", "age >= 18", Purpose.SERVICE, "每天九点"), "wang"))
        .hasMessageContaining("0 0 9 * * ?");
  }

  @Test
  void an_audience_that_would_refer_to_itself_is_refused_and_the_old_one_stays() {
    save("age >= 18");
    audiences.save(
        new AudienceDraft(code + "-b", "测试", "in audience " + code, Purpose.SERVICE, null), "wang");

    assertThatThrownBy(() -> save("in audience " + code + "-b"))
        .isInstanceOf(AudienceRefusedException.class)
        .hasMessageContaining(code + " → " + code + "-b → " + code);
    assertThatThrownBy(() -> save("in audience " + code)).hasMessageContaining("成了圈");
    assertThat(audiences.find(code).orElseThrow().rule()).isEqualTo("age >= 18");
  }

  @Test
  void an_audience_nobody_made_is_named() {
    assertThatThrownBy(() -> questions.count("no-such", BranchScope.everywhere(), NOW))
        .isInstanceOf(AudienceRefusedException.class)
        .hasMessageContaining("no-such");
  }

  @Test
  void what_a_person_wrote_never_becomes_sql() {
    Person person = new Draft("q").tag("tier", "x' or '1'='1").person();
    long id = settle(person).get(person.ref());
    save("tag tier = 'x'' or ''1''=''1' and not tag tier = ''');--'");

    assertThat(questions.test(code, List.of(id), NOW)).containsEntry(id, Truth.YES);
  }

  @Test
  void count_keeps_to_the_branches_of_the_scope() {
    settle(new Draft("a").person(), new Draft("b").person(), new Draft("c").branch("-2").person());
    save("branch in ('%s', '%s-2')".formatted(mark, mark));

    assertThat(questions.count(code, BranchScope.everywhere(), NOW)).isEqualTo(3);
    assertThat(questions.count(code, BranchScope.of(mark), NOW)).isEqualTo(2);
    assertThat(questions.countOfRule("in audience " + code, BranchScope.of(mark), NOW))
        .isEqualTo(2);
  }

  @Test
  void members_come_in_batches_in_order_and_outside_any_transaction() {
    settle(
        IntStream.range(0, 23).mapToObj(i -> new Draft("m" + i).person()).toArray(Person[]::new));
    save("branch = '" + mark + "'");

    var sizes = new ArrayList<Integer>();
    var ids = new ArrayList<Long>();
    questions.members(
        code,
        BranchScope.everywhere(),
        NOW,
        10,
        batch -> {
          assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
          sizes.add(batch.size());
          batch.forEach(member -> ids.add(member.customerId()));
        });

    assertThat(sizes).containsExactly(10, 10, 3);
    assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(23);
  }

  @Test
  void a_consumer_that_fails_leaves_the_connection_fit_for_the_next() {
    settle(new Draft("f").person());
    save("branch = '" + mark + "'");
    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(
              () ->
                  questions.members(
                      code,
                      BranchScope.everywhere(),
                      NOW,
                      10,
                      batch -> {
                        throw new IllegalStateException("enrolment failed");
                      }))
          .hasMessage("enrolment failed");
    }
    // A connection left read-only or in a transaction would refuse this.
    save("age >= 18");
  }

  @Test
  void an_explanation_says_of_each_condition_yes_no_or_why_unknown() {
    Person person = new Draft("e").tag("tier", "core").assessed(RiskTolerance.C2).person();
    long id = settle(person).get(person.ref());
    save("tag tier = 'core' and (risk >= C3 or not age < 18) and tag asset_total >= 1000");

    Explanation told =
        questions.explain(code, id, BranchScope.everywhere(), null, NOW).orElseThrow();

    assertThat(told.truth()).isEqualTo(Truth.UNKNOWN);
    assertThat(told.wording()).isEqualTo("以下全部满足");
    assertThat(told.conditions())
        .extracting(Explanation::wording, Explanation::truth, Explanation::seen, Explanation::note)
        .containsExactly(
            tuple("标签 tier 为 core", Truth.YES, "core(2026-11-23 10:00:00)", null),
            tuple("风险承受能力 ≥ C3", Truth.NO, "C2,有效期至 2027-11-23 10:00:00", null),
            tuple("年龄 < 18 周岁", Truth.UNKNOWN, null, "客户没有出生日期"),
            tuple(
                "标签 asset_total ≥ 1000", Truth.UNKNOWN, null, "客户没有标签 asset_total,或它不是数字,或它的值已过期"));
  }

  @Test
  void an_explanation_opens_the_audience_referred_to() {
    Person person = new Draft("n").born(LocalDate.of(2000, 1, 1)).person();
    long id = settle(person).get(person.ref());
    save("age >= 18");
    audiences.save(
        new AudienceDraft(code + "-n", "测试", "not in audience " + code, Purpose.SERVICE, null),
        "wang");

    Explanation told =
        questions.explain(code + "-n", id, BranchScope.everywhere(), null, NOW).orElseThrow();

    assertThat(told.truth()).isEqualTo(Truth.NO);
    assertThat(told.parts().get(0).wording()).isEqualTo("属于人群“" + code + "”");
    assertThat(told.conditions()).extracting(Explanation::truth).containsExactly(Truth.YES);
    assertThat(questions.explain(code, -1, BranchScope.everywhere(), null, NOW)).isEmpty();
  }

  @Test
  void what_waymark_ships_is_loaded_and_a_persons_change_outlives_the_next_start() {
    assertThat(audiences.all())
        .extracting(Audience::code)
        .contains(
            "dca-candidates",
            "dca-lapsed",
            "dca-failed",
            "margin-qualified",
            "margin-high-intent",
            "dormant",
            "newbie",
            "risk-warning",
            "can-market");
    Audience newbie = audiences.find("newbie").orElseThrow();
    try {
      audiences.save(
          new AudienceDraft("newbie", "新手", "tag trading_months < 3", Purpose.EDUCATION, null),
          "wang");
      shipped.load();
      assertThat(audiences.find("newbie").orElseThrow().rule()).isEqualTo("tag trading_months < 3");
    } finally {
      audiences.save(
          new AudienceDraft(
              "newbie", newbie.name(), newbie.rule(), newbie.purpose(), newbie.schedule()),
          ShippedAudiences.AUTHOR);
    }
    int revision = audiences.find("newbie").orElseThrow().revision();
    shipped.load();
    assertThat(audiences.find("newbie").orElseThrow().revision()).isEqualTo(revision);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          dca.terminated:10,                        dca-lapsed, YES
          dca.terminated:10 dca.created:5,          dca-lapsed, NO
          dca.terminated:10 dca.created:50,         dca-lapsed, YES
          dca.terminated:91,                        dca-lapsed, NO
          dca.deduct_failed:3,                      dca-lapsed, YES
          dca.deduct_failed:3 dca.deduct_succeeded:2, dca-lapsed, NO
          dca.deduct_failed:3,                      dca-failed, YES
          dca.deduct_failed:3 dca.terminated:1,     dca-failed, NO
          dca.terminated:3,                         dca-failed, NO
          fund.page_viewed:3,                       dca-candidates, YES
          dca.created:300 fund.page_viewed:3,       dca-candidates, NO
          dca.created:300 dca.terminated:10,        dca-candidates, YES
          fund.page_viewed:31,                      dca-candidates, UNKNOWN
          redemption.large:29,                      risk-warning, YES
          redemption.large:31,                      risk-warning, NO
          complaint.filed:1,                        risk-warning, YES
          margin.page_viewed:1 margin.page_viewed:2, margin-high-intent, YES
          margin.page_viewed:1 margin.page_viewed:31, margin-high-intent, NO
          margin.page_viewed:1 margin.page_viewed:2 margin.opened:100, margin-high-intent, NO
          login:91,                                 dormant, UNKNOWN
          login:89,                                 dormant, NO
          """)
  void shipped_audiences_read_events_as_the_journeys_mean_them(
      String events, String audience, Truth truth) {
    Draft draft = new Draft("s");
    for (String event : events.split(" ")) {
      String[] parts = event.split(":");
      draft.event(parts[0], Integer.parseInt(parts[1]));
    }
    Person person = draft.person();
    long id = settle(person).get(person.ref());

    assertThat(questions.test(audience, List.of(id), NOW)).containsEntry(id, truth);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          500000,   6, C4, 2008-11-23, 0,   YES
          499999.99,6, C4, 2008-11-23, 0,   NO
          500000,   5, C4, 2008-11-23, 0,   NO
          500000,   6, C3, 2008-11-23, 0,   NO
          500000,   6, C5, 2008-11-24, 0,   NO
          500000,   6, C4, 2008-11-23, 400, NO
          500000,   6, C4, ,           0,   UNKNOWN
          ,         6, C4, 2008-11-23, 0,   UNKNOWN
          500000,   6, ,   2008-11-23, 0,   UNKNOWN
          499999,   6, ,   ,           0,   NO
          """)
  void only_who_is_known_to_meet_every_condition_is_qualified_for_margin(
      String assets, String months, RiskTolerance risk, LocalDate born, int days, Truth truth) {
    Draft draft = new Draft("g").tag("trading_months", months);
    if (assets != null) {
      draft.tag("asset_avg_20d", assets);
    }
    if (born != null) {
      draft.born(born);
    }
    if (risk != null) {
      draft.assessed(risk, days);
    }
    Person person = draft.person();
    long id = settle(person).get(person.ref());

    assertThat(questions.test("margin-qualified", List.of(id), NOW)).containsEntry(id, truth);
  }

  @Test
  void one_consent_on_sms_or_email_is_enough_to_market_and_silence_is_unknown() {
    Person mail = new Draft("1").consent(Channel.EMAIL, true).person();
    Person silent = new Draft("2").person();
    Person refused =
        new Draft("3").consent(Channel.EMAIL, false).consent(Channel.SMS, false).person();
    Map<String, Long> ids = settle(mail, silent, refused);

    assertThat(questions.test("can-market", ids.values(), NOW))
        .containsOnly(
            Map.entry(ids.get(mail.ref()), Truth.YES),
            Map.entry(ids.get(silent.ref()), Truth.UNKNOWN),
            Map.entry(ids.get(refused.ref()), Truth.NO));
  }

  @Test
  void what_journeys_and_messages_did_can_be_asked() {
    Person person = new Draft("h").person();
    long id = settle(person).get(person.ref());
    jdbc.sql(
            """
            with version as (
              insert into journey_version
                     (journey_key, version, name, definition_id, deployment_id, hash, settings,
                      status, author, created_at)
              values (:key, 1, '测试', :key, :key, :key, '{}', 'draft', 'test', :at)
              returning id)
            insert into participation (id, journey_version_id, journey_key, customer_id, branch,
                                       entered_at, entry_event_seq, goal, left_at, left_reason)
            select :customer, id, :key, :customer, :branch, :at, 0, 'done', :left, 'goal' from version
            """)
        .param("key", code)
        .param("customer", id)
        .param("branch", mark)
        .param("at", NOW.minus(Duration.ofDays(8)).atOffset(ZoneOffset.UTC))
        .param("left", NOW.minus(Duration.ofDays(2)).atOffset(ZoneOffset.UTC))
        .update();

    assertThat(truth(id, "journey " + code + " entered within 9 days")).isEqualTo(Truth.YES);
    assertThat(truth(id, "journey " + code + " entered within 8 days")).isEqualTo(Truth.NO);
    assertThat(truth(id, "journey " + code + " left within 3 days")).isEqualTo(Truth.YES);
    assertThat(truth(id, "journey " + code + " reached within 3 days")).isEqualTo(Truth.YES);
    assertThat(truth(id, "journey other reached")).isEqualTo(Truth.NO);
    assertThat(truth(id, "received template care")).isEqualTo(Truth.NO);
  }

  private Truth truth(long id, String rule) {
    save(rule);
    return questions.test(code, List.of(id), NOW).get(id);
  }

  private static Tuple tuple(Object... values) {
    return Tuple.tuple(values);
  }

  private void save(String rule) {
    audiences.save(new AudienceDraft(code, "测试", rule, Purpose.SERVICE, null), "wang");
  }

  private Map<String, Long> settle(Person... people) {
    return new Population(context, NOW).settle(List.of(people));
  }

  /** A person in the making; knows nothing until told. */
  private final class Draft {

    private final String ref;
    private final Map<String, Person.Tagged> tags = new HashMap<>();
    private final List<Person.Happened> events = new ArrayList<>();
    private final Map<Person.Cell, Person.Word> consents = new HashMap<>();
    private String branch = mark;
    private LocalDate born;
    private Person.Assessed assessed;

    Draft(String name) {
      ref = mark + "-" + name;
    }

    Draft branch(String suffix) {
      branch = mark + suffix;
      return this;
    }

    Draft tag(String tag, String value) {
      tags.put(tag, new Person.Tagged(value, NOW));
      return this;
    }

    Draft born(LocalDate day) {
      born = day;
      return this;
    }

    Draft event(String type, int daysAgo) {
      events.add(new Person.Happened(type, NOW.minus(Duration.ofDays(daysAgo))));
      return this;
    }

    Draft consent(Channel channel, boolean granted) {
      consents.put(
          new Person.Cell(Purpose.PRODUCT_MARKETING, channel), new Person.Word(granted, null));
      return this;
    }

    Draft assessed(RiskTolerance level) {
      return assessed(level, 0);
    }

    /** An assessment that counts for a year. */
    Draft assessed(RiskTolerance level, int daysAgo) {
      Instant at = NOW.minus(Duration.ofDays(daysAgo));
      assessed =
          new Person.Assessed(level, null, at, at.plus(Duration.ofDays(365)), false, Set.of());
      return this;
    }

    Person person() {
      return new Person(
          ref,
          branch,
          null,
          CustomerClass.ORDINARY,
          born,
          tags,
          events,
          consents,
          assessed,
          Map.of());
    }
  }
}
