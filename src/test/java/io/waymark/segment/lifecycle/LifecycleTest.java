package io.waymark.segment.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.rights.CustomerErasing;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagChange;
import io.waymark.customer.tag.TagHistory;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelHouse;
import io.waymark.segment.model.ModelRuns;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The stages of 3A3R (requirement D13) as customers go through them. */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
@Import(ModelHouse.class)
class LifecycleTest {

  @Autowired ModelHouse house;
  @Autowired Lifecycle lifecycle;
  @Autowired LifecyclePolicyKind kind;
  @Autowired LifecycleTrial trial;
  @Autowired StageFigures figures;
  @Autowired ModelRuns runs;
  @Autowired ModelFeed feed;
  @Autowired PolicyDocuments documents;
  @Autowired CustomerEvents events;
  @Autowired CustomerTags tags;
  @Autowired TagHistory history;
  @Autowired StatementCounter statements;
  @Autowired TransactionTemplate transaction;
  @Autowired ApplicationEventPublisher publisher;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void quiet() {
    house.quiet();
  }

  @AfterEach
  void forgotten() {
    house.quiet();
  }

  @Test
  void the_shipped_stages_are_those_of_3a3r_and_without_problems() {
    String source = kind.shipped().source();

    assertThat(kind.problems(source)).isEmpty();
    assertThat(kind.read(source).stages())
        .extracting(Stage::name)
        .containsExactly("传播", "收入", "留存", "活跃", "获客", "感知");
  }

  @Test
  void a_policy_with_mistakes_is_refused_in_sentences() {
    String shipped = kind.shipped().source();

    assertThat(
            kind.problems(
                shipped
                    .replace("enter: event account.opened exists", "enter: in audience dormant")
                    .replace(
                        "to: [referral, revenue, retention, activation]",
                        "to: [nowhere, acquisition, revenue, revenue]")
                    .replaceFirst("stay-days: 30", "stay-days: -1")))
        .hasSize(5)
        .anySatisfy(one -> assertThat(one).contains("不能引用人群"))
        .anySatisfy(one -> assertThat(one).contains("nowhere"))
        .anySatisfy(one -> assertThat(one).contains("不能写自己"))
        .anySatisfy(one -> assertThat(one).contains("stay-days"));
    assertThat(kind.problems("stages: []")).containsExactly("至少要有两个阶段。");
    assertThat(kind.problems("stages: {}")).hasSize(1);
  }

  @Test
  void a_customer_goes_step_by_step_and_each_step_is_an_event_and_kept() {
    long customer = house.customer();
    run();
    assertThat(stage(customer)).isEqualTo("awareness");

    happens(customer, "account.opened", 1);
    house.follow();
    assertThat(stage(customer)).isEqualTo("acquisition");

    clock.advance(Duration.ofHours(1));
    happens(customer, "login", 2);
    house.follow();
    assertThat(stage(customer)).isEqualTo("activation");

    clock.advance(Duration.ofDays(1));
    happens(customer, "trade.executed", 1);
    happens(customer, "login", 2);
    house.follow();
    assertThat(stage(customer)).as("the least stay").isEqualTo("activation");

    clock.advance(Duration.ofDays(7));
    run();
    assertThat(stage(customer)).isEqualTo("retention");
    assertThat(changes(customer))
        .containsExactly(
            tuple("awareness", "acquisition"),
            tuple("acquisition", "activation"),
            tuple("activation", "retention"));
    assertThat(
            history.of(
                customer, MovableClock.START.minusSeconds(1), clock.instant().plusSeconds(1)))
        .filteredOn(change -> change.tag().equals(Lifecycle.TAG))
        .extracting(TagChange::after)
        .containsExactly("awareness", "acquisition", "activation", "retention");
    assertThat(figures.of(customer).orElseThrow().since()).isEqualTo(clock.instant());
  }

  @Test
  void a_little_less_does_not_throw_back_but_much_less_does() {
    long customer = house.customer();
    happens(customer, "account.opened", 1);
    happens(customer, "trade.executed", 6);
    run();
    assertThat(stage(customer)).isEqualTo("revenue");

    clock.advance(Duration.ofDays(60));
    happens(customer, "trade.executed", 3);
    clock.advance(Duration.ofDays(40));
    run();
    assertThat(stage(customer)).as("three trades hold").isEqualTo("revenue");

    clock.advance(Duration.ofDays(51));
    run();
    assertThat(stage(customer)).isEqualTo("acquisition");
    assertThat(changes(customer)).containsExactly(tuple("revenue", "acquisition"));
  }

  @Test
  void what_is_unknown_moves_nobody_and_puts_nobody_into_a_first_stage() {
    String tag = "lc" + UUID.randomUUID().toString().substring(0, 8);
    LifecyclePolicy policy =
        LifecyclePolicy.read(
            """
            stages:
              - {code: rich, name: 富, meaning: 富, enter: "tag %1$s >= 100", hold: "tag %1$s >= 50",
                 stay-days: 0, to: [poor]}
              - {code: poor, name: 贫, meaning: 贫, enter: null, hold: null, stay-days: 0,
                 to: [rich]}
            """
                .formatted(tag));
    assertThat(policy.problems()).isEmpty();
    long customer = house.customer();
    assertThat(next(policy, customer)).isNull();

    tags.set(customer, tag, "10", "test");
    assertThat(next(policy, customer)).isEqualTo("poor");
    stand(customer, "poor");
    tags.set(customer, tag, "60", "test");
    assertThat(next(policy, customer)).isEqualTo("poor");
    tags.set(customer, tag, "100", "test");
    assertThat(next(policy, customer)).isEqualTo("rich");
    stand(customer, "rich");
    tags.set(customer, tag, "60", "test");
    assertThat(next(policy, customer)).as("held").isEqualTo("rich");
    tags.remove(tag, List.of(customer), "test");
    assertThat(next(policy, customer)).as("unknown holds").isEqualTo("rich");
    tags.set(customer, tag, "49", "test");
    assertThat(next(policy, customer)).isEqualTo("poor");
    stand(customer, "gone");
    assertThat(next(policy, customer)).as("a stage that is no more").isEqualTo("poor");
  }

  @Test
  void a_way_that_is_not_allowed_is_not_gone() {
    LifecyclePolicy policy =
        LifecyclePolicy.read(
            """
            stages:
              - {code: a, name: 甲, meaning: 甲, enter: "age >= 18", hold: null, stay-days: 0, to: []}
              - {code: b, name: 乙, meaning: 乙, enter: "age >= 18", hold: null, stay-days: 0, to: []}
              - {code: c, name: 丙, meaning: 丙, enter: null, hold: null, stay-days: 0, to: [b]}
            """);
    long customer = house.customer();
    assertThat(next(policy, customer)).isEqualTo("a");
    stand(customer, "c");
    assertThat(next(policy, customer)).isEqualTo("b");
    stand(customer, "b");
    assertThat(next(policy, customer)).isEqualTo("b");
  }

  @Test
  void many_are_followed_in_few_statements() {
    List<Long> many = house.customers(60);
    run();
    many.forEach(one -> happens(one, "account.opened", 1));

    List<String> asked = statements.during(feed::follow);

    assertThat(many).allMatch(one -> stage(one).equals("acquisition"));
    assertThat(StatementCounter.repeated(asked)).isEmpty();
    assertThat(asked).hasSizeLessThan(16);
  }

  @Test
  void a_stage_that_lasts_is_confirmed_before_its_tag_is_stale_and_keeps_its_beginning() {
    long customer = house.customer();
    run();
    clock.advance(Duration.ofDays(5));
    run();

    assertThat(figures.of(customer).orElseThrow().since()).isEqualTo(MovableClock.START);
    assertThat(
            jdbc.sql("select as_of from customer_tag where customer_id = ? and tag = ?")
                .params(customer, Lifecycle.TAG)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single())
        .isEqualTo(clock.instant());
    assertThat(changes(customer)).isEmpty();
  }

  @Test
  void a_trial_says_who_would_move_and_moves_nobody() {
    String branch = house.ownBranch();
    long opened = house.customer(branch);
    long other = house.customer(branch);
    happens(opened, "account.opened", 1);
    run();
    String version = "t" + UUID.randomUUID().toString().substring(0, 8);
    documents.propose(
        new PolicyDraft(
            LifecyclePolicyKind.CODE,
            version,
            clock.instant().plus(Duration.ofDays(1)),
            kind.shipped()
                .source()
                .replace(
                    "enter: event account.opened exists", "enter: never event account.opened")),
        "author");

    trial.ask(version, "author");
    house.work();

    assertThat(trial.moves(trial.last(version).orElseThrow()))
        .filteredOn(one -> one.branch().equals(branch))
        .containsExactly(new PlannedMoves(branch, "awareness", "acquisition", 1, List.of(other)));
    assertThat(stage(other)).isEqualTo("awareness");
    assertThatThrownBy(() -> trial.ask("none", "author")).hasMessageContaining("没有这个版本");
  }

  @Test
  void the_page_counts_by_stage_within_the_branch_and_erasure_takes_the_stage() {
    String branch = house.ownBranch();
    long opened = house.customer(branch);
    house.customer(branch);
    happens(opened, "account.opened", 1);
    run();

    List<StageFigures.Line> lines =
        figures.of(
            lifecycle.current().value(), BranchScope.of(branch), clock.instant().minusSeconds(9));
    assertThat(lines)
        .extracting(
            one -> one.stage().code(), StageFigures.Line::customers, StageFigures.Line::came)
        .containsExactly(
            tuple("referral", 0L, 0L),
            tuple("revenue", 0L, 0L),
            tuple("retention", 0L, 0L),
            tuple("activation", 0L, 0L),
            tuple("acquisition", 1L, 1L),
            tuple("awareness", 1L, 1L));

    transaction.executeWithoutResult(
        status -> publisher.publishEvent(new CustomerErasing(List.of(opened), "officer")));
    assertThat(figures.of(opened)).isEmpty();
  }

  private void run() {
    runs.ask(Lifecycle.MODEL, "", "system");
    house.work();
    assertThat(runs.last(Lifecycle.MODEL, "").orElseThrow().isDone()).isTrue();
  }

  private void happens(long customer, String type, int times) {
    for (int i = 0; i < times; i++) {
      house.event(customer, type, clock.instant().minusSeconds(i), Map.of());
    }
  }

  private String next(LifecyclePolicy policy, long customer) {
    return lifecycle.ask(policy, List.of(customer), clock.instant()).get(0).next();
  }

  private void stand(long customer, String stage) {
    jdbc.sql(
            """
            insert into lifecycle_stage (customer_id, branch, stage, since, version, as_of)
            select id, branch, ?, ?, 'test', ? from customer where id = ?
            on conflict (customer_id) do update set stage = excluded.stage
            """)
        .params(
            stage,
            Timestamp.from(clock.instant().minusSeconds(1)),
            Timestamp.from(clock.instant()),
            customer)
        .update();
  }

  private String stage(long customer) {
    return house.value(customer, Lifecycle.TAG);
  }

  private List<Tuple> changes(long customer) {
    return events.ofCustomer(customer, Instant.parse("2100-01-01T00:00:00Z"), 100).stream()
        .filter(one -> one.type().equals(Lifecycle.CHANGED))
        .sorted(Comparator.comparing(one -> one.occurredAt()))
        .map(one -> tuple(one.properties().get("from"), one.properties().get("to")))
        .toList();
  }
}
