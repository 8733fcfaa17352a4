package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.console.People;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.evidence.EvidenceKind;
import io.waymark.journey.Enrolments;
import io.waymark.journey.JourneyAct;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.WaitingEnrolments;
import io.waymark.journey.publication.PublicationRound;
import io.waymark.journey.publication.Publications;
import io.waymark.journey.publication.Rollout;
import io.waymark.journey.publication.RolloutPlan;
import io.waymark.journey.publication.RolloutPlan.Stage;
import io.waymark.journey.publication.Rollouts;
import io.waymark.journey.publication.StopRule;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** From approved to live: by whom, when, for how many, and how many find room. */
@WithTravellers
class PublicationTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Publications publications;
  @Autowired PublicationRound round;
  @Autowired Rollouts rollouts;
  @Autowired WaitingEnrolments waiting;
  @Autowired Enrolments enrolments;
  @Autowired JourneyActs acts;
  @Autowired EventTypes types;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  String marketer;
  String operator;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
    People people = new People(staff, branches, encoder);
    marketer = people.everywhere(Role.MARKETER).username();
    operator = people.everywhere(Role.OPERATOR).username();
  }

  @AfterEach
  void on_time() {
    clock.reset();
  }

  private Sketch waiting() {
    Sketch sketch = Sketch.of("pub").awaits("Wait", "test.a").way("Wait");
    types.save(new EventType(sketch.entry(), "进入", "测试", "", null, List.of()), "author");
    types.save(new EventType("test.a", "测试", "测试", "", null, List.of()), "author");
    return sketch;
  }

  private JourneyVersion approved(Sketch sketch) {
    JourneyVersion draft = sketch.deploy(deployments, versions);
    return versions.approve(draft.id(), draft.hash(), HeldReviews.held(versions, draft));
  }

  private static RolloutPlan all() {
    return RolloutPlan.everybody(StopRule.NONE);
  }

  private static RolloutPlan steps(int... shares) {
    return new RolloutPlan(
        IntStream.of(shares).mapToObj(share -> new Stage(share, null)).toList(), StopRule.NONE);
  }

  private JourneyStatus status(JourneyVersion version) {
    return versions.find(version.id()).orElseThrow().status();
  }

  private static void refused(String code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            JourneyRefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .message()
        .matches("(?s).*[\\u4e00-\\u9fff].*");
  }

  private List<String> acts(Sketch sketch) {
    return acts.of(sketch.key(), 50).stream().map(JourneyAct::act).toList();
  }

  @Test
  void an_approved_version_lets_nobody_in_until_a_marketer_publishes_it() {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    Traveller early = travellers.somebody().does(sketch.entry());
    assertThat(travellers.participations(early.id())).isEmpty();

    refused("wrong_role", () -> publications.publish(version.id(), all(), operator));
    refused("wrong_role", () -> publications.publish(version.id(), all(), "nobody"));
    publications.publish(version.id(), all(), marketer);

    assertThat(status(version)).isEqualTo(JourneyStatus.LIVE);
    travellers.somebody().does(sketch.entry()).standsAt("Wait");
    assertThat(acts(sketch)).containsExactly("published", "approved", "drafted");
    assertThat(
            jdbc.sql("select count(*) from evidence where kind = ? and subject = ? and actor = ?")
                .params(EvidenceKind.JOURNEY_PUBLISHED.code(), version.definitionId(), marketer)
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void what_is_not_approved_or_not_any_more_cannot_be_published_by_command_or_table() {
    Sketch sketch = waiting();
    JourneyVersion draft = sketch.deploy(deployments, versions);
    refused("wrong_status", () -> publications.publish(draft.id(), all(), marketer));
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update journey_version set status = 'scheduled', decided_by = 'x',"
                            + " go_live_at = now() where id = ?")
                    .param(draft.id())
                    .update())
        .hasMessageContaining("no approved review");
    assertThatThrownBy(
            () ->
                jdbc.sql("update journey_version set hash = ? where id = ?")
                    .params("0".repeat(64), draft.id())
                    .update())
        .hasMessageContaining("never changes");

    JourneyVersion version =
        versions.approve(draft.id(), draft.hash(), HeldReviews.held(versions, draft));
    clock.advance(Duration.ofDays(3651));
    refused("not_approved", () -> publications.publish(version.id(), all(), marketer));
    assertThat(status(version)).isEqualTo(JourneyStatus.APPROVED);
  }

  @Test
  void a_scheduled_version_goes_live_when_its_moment_has_come_and_not_before() {
    Sketch sketch = waiting();
    JourneyVersion first = sketch.publish(deployments, versions);
    JourneyVersion next = approved(sketch.set("priority", "61"));
    Instant at = clock.instant().plus(Duration.ofHours(3));
    refused(
        "time_invalid", () -> publications.schedule(next.id(), clock.instant(), all(), marketer));

    publications.schedule(next.id(), at, all(), marketer);
    round.run();
    assertThat(status(next)).isEqualTo(JourneyStatus.SCHEDULED);
    assertThat(versions.find(next.id()).orElseThrow().goLiveAt()).isEqualTo(at);
    assertThat(status(first)).isEqualTo(JourneyStatus.LIVE);

    clock.advance(Duration.ofHours(3));
    round.run();
    assertThat(status(next)).isEqualTo(JourneyStatus.LIVE);
    assertThat(status(first)).isEqualTo(JourneyStatus.ENDED);
  }

  @Test
  void a_plan_can_be_taken_back_and_only_one_version_is_planned() {
    Sketch sketch = waiting();
    JourneyVersion one = approved(sketch);
    JourneyVersion two = approved(sketch.set("priority", "62"));
    Instant at = clock.instant().plus(Duration.ofHours(3));
    publications.schedule(one.id(), at, all(), marketer);

    refused("other_scheduled", () -> publications.schedule(two.id(), at, all(), marketer));
    publications.unschedule(one.id(), marketer);
    publications.schedule(two.id(), at, all(), marketer);
    publications.withdraw(one.id(), "换成第二版", marketer);

    clock.advance(Duration.ofHours(3));
    round.run();
    assertThat(status(one)).isEqualTo(JourneyStatus.WITHDRAWN);
    assertThat(status(two)).isEqualTo(JourneyStatus.LIVE);
    refused("wrong_status", () -> publications.publish(one.id(), all(), marketer));
  }

  @Test
  void an_author_may_have_the_approval_itself_publish() {
    Sketch sketch = waiting();
    JourneyVersion draft = sketch.deploy(deployments, versions);
    publications.onApproval(draft.id(), null, steps(5_000, 10_000), marketer);

    versions.approve(draft.id(), draft.hash(), HeldReviews.held(versions, draft));
    assertThat(status(draft)).isEqualTo(JourneyStatus.SCHEDULED);
    round.run();

    assertThat(status(draft)).isEqualTo(JourneyStatus.LIVE);
    assertThat(versions.find(draft.id()).orElseThrow().share()).isEqualTo(5_000);
  }

  @Test
  void a_guard_keeps_a_version_from_going_live_also_at_its_hour() {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    publications.schedule(
        version.id(), clock.instant().plus(Duration.ofMinutes(5)), all(), marketer);
    Objections.KEYS.add(sketch.key());
    clock.advance(Duration.ofMinutes(5));

    round.run();

    assertThat(status(version)).isEqualTo(JourneyStatus.APPROVED);
    assertThat(acts.last(version).orElseThrow().act()).isEqualTo("not_published");
    assertThat(acts.last(version).orElseThrow().reason()).contains("演练没有通过");
    refused("guarded", () -> publications.publish(version.id(), all(), marketer));
    Objections.KEYS.remove(sketch.key());
    publications.publish(version.id(), all(), marketer);
    assertThat(status(version)).isEqualTo(JourneyStatus.LIVE);
  }

  @Test
  void a_share_lets_in_the_same_customers_when_it_grows_and_loses_and_doubles_nobody() {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    publications.publish(version.id(), steps(2_000, 6_000, 10_000), marketer);
    List<Traveller> people = people(40, sketch);
    List<Long> first = inside(sketch);
    assertThat(first.size()).isBetween(1, 25);
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere()))
        .isEqualTo(Map.of("ramp", 40L - first.size()));
    people.get(0).does(sketch.entry());
    assertThat(inside(sketch)).as("who waits is not let in by asking again").isEqualTo(first);

    rollouts.raise(version.id(), 1, marketer);
    refused("stage_passed", () -> rollouts.raise(version.id(), 1, marketer));
    travellers.settle();
    List<Long> second = inside(sketch);
    assertThat(second).containsAll(first).hasSizeGreaterThan(first.size());

    rollouts.raise(version.id(), 2, marketer);
    travellers.settle();
    assertThat(inside(sketch)).hasSize(40).doesNotHaveDuplicates();
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere())).isEmpty();
  }

  @Test
  void a_step_that_has_lasted_is_followed_by_the_next_one() {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    publications.publish(
        version.id(),
        new RolloutPlan(
            List.of(new Stage(1, Duration.ofHours(2)), new Stage(10_000, null)), StopRule.NONE),
        marketer);
    people(5, sketch);
    clock.advance(Duration.ofMinutes(119));
    round.run();
    assertThat(rollout(version).share()).isEqualTo(1);

    clock.advance(Duration.ofMinutes(1));
    round.run();
    travellers.settle();

    assertThat(rollout(version).share()).isEqualTo(10_000);
    assertThat(inside(sketch)).hasSize(5);
  }

  @Test
  void who_waited_for_a_share_enters_the_version_that_replaces_it() {
    Sketch sketch = waiting();
    publications.publish(approved(sketch).id(), steps(1), marketer);
    people(4, sketch);

    publications.publish(approved(sketch.set("priority", "63")).id(), all(), marketer);
    travellers.settle();

    assertThat(inside(sketch)).hasSize(4);
  }

  @Test
  void no_more_enter_than_there_is_room_for_although_two_nodes_let_in_at_once() throws Exception {
    Sketch sketch = waiting().set("maxInside", "7");
    sketch.publish(deployments, versions);
    List<Traveller> people = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      people.add(travellers.somebody().waitsAtTheDoorAfter(sketch.entry()));
    }
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    List<Future<?>> working = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      working.add(nodes.submit(() -> travellers.settle()));
    }
    for (Future<?> one : working) {
      one.get(60, TimeUnit.SECONDS);
    }
    nodes.shutdown();

    assertThat(inside(sketch)).hasSize(7);
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere()))
        .isEqualTo(Map.of("full", 13L));
    assertThat(waiting.page(sketch.key(), BranchScope.everywhere(), 0, 50)).hasSize(13);
    assertThat(waiting.page(sketch.key(), BranchScope.of("XX99"), 0, 50)).isEmpty();

    List<Long> entered = inside(sketch);
    people.stream()
        .filter(one -> entered.contains(one.id()))
        .limit(2)
        .forEach(one -> one.does("test.a").left("completed"));
    round.run();
    travellers.settle();
    assertThat(inside(sketch)).hasSize(7);
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere()))
        .isEqualTo(Map.of("full", 11L));
  }

  @Test
  void so_many_enter_on_a_day_and_the_others_on_the_next() {
    Sketch sketch = waiting().set("maxPerDay", "3");
    sketch.publish(deployments, versions);
    people(5, sketch);
    assertThat(inside(sketch)).hasSize(3);
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere()))
        .isEqualTo(Map.of("full_today", 2L));
    round.run();
    travellers.settle();
    assertThat(inside(sketch)).hasSize(3);

    clock.advance(Duration.ofDays(1));
    round.run();
    travellers.settle();
    assertThat(inside(sketch)).hasSize(5);
  }

  @Test
  void who_waits_for_a_journey_that_was_ended_is_told() {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    publications.publish(version.id(), steps(1), marketer);
    people(2, sketch);

    publications.end(version.id(), "活动结束", marketer);
    round.run();

    assertThat(
            jdbc.sql("select distinct status || ' ' || reason from enrolment where journey_key = ?")
                .param(sketch.key())
                .query(String.class)
                .list())
        .containsExactly("refused journey_not_live");
  }

  @Test
  void who_is_outside_the_share_of_a_new_version_goes_on_entering_the_old_one() {
    Sketch sketch = waiting();
    JourneyVersion old = sketch.publish(deployments, versions);
    JourneyVersion young = approved(sketch.set("priority", "64"));
    publications.publish(young.id(), steps(2_000, 10_000), marketer);
    assertThat(status(old)).isEqualTo(JourneyStatus.YIELDING);

    people(40, sketch);
    long first = inside(young);
    assertThat(first).isBetween(1L, 25L);
    assertThat(inside(old)).isEqualTo(40 - first);
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere())).isEmpty();

    rollouts.raise(young.id(), 1, marketer);
    people(5, sketch);
    assertThat(status(old)).isEqualTo(JourneyStatus.ENDED);
    assertThat(inside(young)).isEqualTo(first + 5);
    assertThat(inside(old)).as("who is inside stays").isEqualTo(40 - first);
  }

  @Test
  void a_version_that_yields_takes_no_more_than_its_own_share_and_its_own_room() {
    Sketch sketch = waiting();
    JourneyVersion old = approved(sketch.set("maxInside", "3"));
    publications.publish(old.id(), all(), marketer);
    JourneyVersion young = approved(sketch.set("maxInside", "100"));
    publications.publish(young.id(), steps(1), marketer);
    people(6, sketch);
    assertThat(inside(old)).isEqualTo(3);
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere()))
        .isEqualTo(Map.of("full", 3L));

    JourneyVersion third = approved(sketch.set("maxInside", "99"));
    publications.publish(third.id(), steps(1), marketer);
    assertThat(status(old)).as("only the last one yields").isEqualTo(JourneyStatus.ENDED);
    assertThat(status(young)).isEqualTo(JourneyStatus.YIELDING);
    travellers.settle();
    assertThat(waiting.counts(sketch.key(), BranchScope.everywhere()))
        .as("the one that yields had hardly begun")
        .isEqualTo(Map.of("ramp", 3L));
  }

  @Test
  void a_journey_that_is_ended_or_paused_lets_nobody_into_the_old_version_either() {
    Sketch sketch = waiting();
    JourneyVersion old = sketch.publish(deployments, versions);
    JourneyVersion young = approved(sketch.set("priority", "65"));
    publications.publish(young.id(), steps(1), marketer);
    versions.pause(young.id(), marketer);
    people(2, sketch);
    assertThat(inside(sketch)).isEmpty();

    publications.end(young.id(), "活动结束", marketer);
    people(2, sketch);
    assertThat(status(old)).isEqualTo(JourneyStatus.ENDED);
    assertThat(inside(sketch)).isEmpty();
  }

  private long inside(JourneyVersion version) {
    return jdbc.sql("select count(*) from participation where journey_version_id = ?")
        .param(version.id())
        .query(Long.class)
        .single();
  }

  private Rollout rollout(JourneyVersion version) {
    return rollouts.of(version.id()).orElseThrow();
  }

  private List<Traveller> people(int count, Sketch sketch) {
    List<Traveller> people =
        IntStream.range(0, count).mapToObj(i -> travellers.somebody()).toList();
    people.forEach(one -> one.does(sketch.entry()));
    return people;
  }

  private List<Long> inside(Sketch sketch) {
    return jdbc.sql(
            """
            select customer_id from participation where journey_key = ? and left_at is null
             order by customer_id
            """)
        .param(sketch.key())
        .query(Long.class)
        .list();
  }
}
