package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.advisor.AdvisorProfile.Strengths;
import io.waymark.advisor.absence.Absence;
import io.waymark.advisor.absence.AbsenceDays;
import io.waymark.advisor.absence.Absences;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class TaskMovesTest {

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired TaskWatch watch;
  @Autowired Absences absences;
  @Autowired WorkList workList;
  @Autowired MovableClock clock;

  private House house;

  @BeforeEach
  void build() {
    house = new House(context);
  }

  @Test
  void only_somebody_with_the_skill_the_language_and_the_tier_gets_it() {
    house.employ(
        house.plain("plain"),
        house.strong("skilled", new Strengths(Set.of("retirement"), Set.of(), Set.of("mass"))),
        house.strong("speaks", new Strengths(Set.of(), Set.of("yue"), Set.of("mass"))),
        house.strong("core-only", new Strengths(Set.of(), Set.of(), Set.of("core"))));

    assertThat(given(new TaskNeeds("follow_up", "normal", "retirement", null, null, false)))
        .isEqualTo("skilled");
    assertThat(given(new TaskNeeds("follow_up", "normal", null, "yue", null, false)))
        .isEqualTo("speaks");
    assertThat(given(new TaskNeeds("follow_up", "normal", null, null, "core", false)))
        .isIn("core-only", "plain");
    assertThat(given(new TaskNeeds("follow_up", "normal", "retirement", "yue", null, false)))
        .isNull();
  }

  @Test
  void who_lacks_the_skill_may_neither_claim_it_nor_be_handed_it() {
    TaskOffer offer =
        house.offering(
            house.customer(null),
            new TaskNeeds("follow_up", "normal", "retirement", null, null, false));
    routing.assign(offer);
    house.employ(house.plain("plain"), house.leader("leader"));

    assertThatThrownBy(() -> routing.claim(offer.taskId(), house.name("plain")))
        .hasMessageContaining("专长、语言或客户层级");
    assertThatThrownBy(
            () ->
                routing.handOver(
                    offer.taskId(),
                    house.name("plain"),
                    house.name("leader"),
                    MoveReason.BY_LEADER))
        .hasMessageContaining("专长、语言或客户层级");
  }

  @Test
  void head_office_takes_it_only_where_the_drawing_lets_it_and_nobody_of_the_branch_can() {
    House office = new House(context);
    office.employ(
        office.strong("centre", new Strengths(Set.of(office.branch), Set.of(), Set.of())));
    office.movesToHeadOffice(office.plain("centre"));
    TaskNeeds own = new TaskNeeds("follow_up", "normal", office.branch, null, null, false);
    TaskNeeds any = new TaskNeeds("follow_up", "normal", office.branch, null, null, true);

    assertThat(routing.assign(house.offering(house.customer(null), own)).advisor()).isNull();
    TaskOffer offer = house.offering(house.customer(null), any);
    Assignment given = routing.assign(offer);
    assertThat(given.advisor()).isEqualTo(office.name("centre"));
    assertThat(given.reason()).isEqualTo(RoutingReason.HEAD_OFFICE.message());
    context
        .getBean(TaskOutcomes.class)
        .complete(offer.taskId(), "declined", office.name("centre"), null);

    house.employ(house.strong("near", new Strengths(Set.of(office.branch), Set.of(), Set.of())));
    assertThat(given(any)).isEqualTo("near");
  }

  @Test
  void equals_take_turns() {
    house.employ(house.plain("a"), house.plain("b"), house.plain("c"));

    List<String> order = Stream.generate(() -> given(TaskNeeds.ORDINARY)).limit(9).toList();

    assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(order.subList(3, 6)).isEqualTo(order.subList(0, 3));
    assertThat(order.subList(6, 9)).isEqualTo(order.subList(0, 3));
  }

  @Test
  void the_table_shortens_the_time_of_urgent_tasks_and_of_core_customers() {
    long core = house.customer(null, Map.of("tier", "core"));

    assertThat(due(house.offering(core, TaskNeeds.ORDINARY)))
        .isEqualTo(LocalDateTime.of(2026, 11, 23, 15, 30));
    assertThat(
            due(
                house.offering(
                    house.customer(null),
                    new TaskNeeds("follow_up", "high", null, null, null, false))))
        .isEqualTo(LocalDateTime.of(2026, 11, 23, 15, 30));
    assertThat(due(house.offering(house.customer(null), TaskNeeds.ORDINARY)))
        .isEqualTo(LocalDateTime.of(2026, 11, 24, 11, 0));
  }

  @Test
  void a_complaint_does_not_go_to_the_own_advisor_first() {
    house.employ(house.plain("own"), house.plain("other"));
    long customer = house.customer("own");
    routing.assign(house.offering(customer, TaskNeeds.ORDINARY));

    Assignment given =
        routing.assign(
            house.offering(
                customer, new TaskNeeds("complaint", "normal", null, null, null, false)));

    assertThat(given.advisor()).isEqualTo(house.name("other"));
    assertThat(given.reason()).isEqualTo(RoutingReason.SHARED_OUT.message());
  }

  @Test
  void the_holder_is_reminded_and_the_leader_told_when_it_is_overdue() {
    house.employ(house.plain("holder"), house.leader("leader"));
    String task = held("holder", TaskNeeds.ORDINARY);

    clock.advance(Duration.ofHours(5));
    watch.look();
    assertThat(course(task).remindedAt()).isNull();
    // Six of the eight hours have passed at 09:00 on Tuesday.
    clock.advance(Duration.ofHours(18));
    watch.look();
    assertThat(course(task).remindedAt()).isEqualTo(clock.instant());
    assertThat(task(task).escalatedAt()).isNull();
    clock.advance(Duration.ofHours(4));
    watch.look();
    assertThat(task(task).escalatedTo()).isEqualTo(house.name("leader"));
    assertThat(holder(task)).isEqualTo("holder");
  }

  @Test
  void an_overdue_task_goes_to_somebody_else_where_the_table_says_so() {
    TaskNeeds urgent = new TaskNeeds("follow_up", "high", null, null, null, false);
    house.employ(house.plain("slow"));
    String task = held("slow", urgent);
    clock.advance(Duration.ofHours(7));
    watch.look();
    assertThat(holder(task)).isEqualTo("slow");
    assertThat(task(task).escalatedAt()).isEqualTo(clock.instant());

    String next = held("slow", urgent);
    house.employ(house.plain("quick"));
    clock.advance(Duration.ofHours(24));
    watch.look();
    assertThat(holder(next)).isEqualTo("quick");
    assertThat(task(next).reason()).isEqualTo(RoutingReason.REROUTED_OVERDUE);
    assertThat(course(next).reroutes()).isEqualTo(1);
  }

  @Test
  void nobody_leads_the_branch_so_head_office_is_told_and_may_answer() {
    House office = new House(context);
    office.employ(office.leader("chief"));
    office.movesToHeadOffice(office.leader("chief"));
    house.employ(house.plain("holder"));
    String task = held("holder", TaskNeeds.ORDINARY);

    String told = routing.escalate(task).orElseThrow();
    context.getBean(TaskOutcomes.class).complete(task, "declined", told, null);
    // Head office leads every branch, other tests' too.
    office.enable(office.leader("chief"), false);

    assertThat(told).isEqualTo(office.name("chief"));
    assertThat(task(task).closedBy()).isEqualTo(told);
  }

  @Test
  void who_refuses_does_not_get_it_again_and_the_last_refusal_tells_the_leader() {
    house.employ(house.plain("one"), house.plain("two"));
    String task = held("one", TaskNeeds.ORDINARY);

    assertThat(routing.refuse(task, house.name("one"), MoveReason.CONFLICT))
        .contains(house.name("two"));
    assertThatThrownBy(() -> routing.refuse(task, house.name("one"), MoveReason.CONFLICT))
        .hasMessageContaining("只有任务负责人");
    house.employ(house.withCapacity("leader", 0));
    AdvisorProfile leader = house.leader("leader");
    house.employ(
        new AdvisorProfile(
            leader.username(), house.branch, Set.of(), leader.licenceUntil(), 0, null, null, true));
    assertThat(routing.refuse(task, house.name("two"), MoveReason.WORKLOAD)).isEmpty();

    assertThat(holder(task)).isNull();
    assertThat(course(task).refusedBy()).containsExactly(house.name("one"), house.name("two"));
    assertThat(course(task).movedBecause()).isEqualTo("workload");
    assertThat(task(task).escalatedTo()).isEqualTo(house.name("leader"));
  }

  @Test
  void a_licence_that_ends_takes_the_open_tasks_away_at_once() {
    house.employ(house.qualified("expires"), house.qualified("heir"));
    TaskOffer offer = house.offer(house.customer("expires"), "margin");
    routing.assign(offer);

    house.employ(house.licensedUntil("expires", House.TODAY.minusDays(1)));

    assertThat(holder(offer.taskId())).isEqualTo("heir");
    assertThat(task(offer.taskId()).reason()).isEqualTo(RoutingReason.REROUTED_UNFIT);
    house.employ(house.plain("heir"));
    assertThat(holder(offer.taskId())).isNull();
  }

  @Test
  void a_licence_that_ends_overnight_is_noticed_by_the_watch_and_a_closed_account_at_once() {
    house.employ(house.licensedUntil("expires", House.TODAY), house.plain("heir"));
    String task = held("expires", TaskNeeds.ORDINARY);

    clock.advance(Duration.ofHours(14));
    watch.look();
    assertThat(holder(task)).isEqualTo("heir");
    house.enable(house.plain("heir"), false);

    assertThat(holder(task)).isNull();
  }

  @Test
  void a_task_due_before_the_holder_is_back_moves_on_and_a_later_one_stays() {
    house.employ(house.plain("ill"), house.plain("heir"), house.leader("leader"));
    String soon = held("ill", new TaskNeeds("follow_up", "high", null, null, null, false));
    String later = held("ill", TaskNeeds.ORDINARY);

    absences.enter(
        house.name("ill"),
        new AbsenceDays(House.TODAY, false, House.TODAY, false),
        house.name("leader"));

    assertThat(holder(soon)).isNotEqualTo("ill").isNotNull();
    assertThat(task(soon).reason()).isEqualTo(RoutingReason.REROUTED_ABSENT);
    assertThat(holder(later)).isEqualTo("ill");
  }

  @Test
  void half_a_day_away_counts_for_half_a_day_and_for_tasks_of_the_night_before() {
    house.employ(house.plain("half"), house.leader("leader"));
    absences.enter(
        house.name("half"),
        new AbsenceDays(House.TODAY.plusDays(1), false, House.TODAY.plusDays(1), true),
        house.name("leader"));
    long customer = house.customer("half");

    assertThat(routing.assign(house.offer(customer, null)).advisor()).isEqualTo(house.name("half"));
    assertThat(
            routing
                .assign(house.offer(customer, null, MovableClock.START.plus(Duration.ofHours(12))))
                .advisor())
        .isEqualTo(house.name("leader"));
    assertThat(
            routing
                .assign(house.offer(customer, null, MovableClock.START.plus(Duration.ofHours(28))))
                .advisor())
        .isEqualTo(house.name("half"));
  }

  @Test
  void nobody_approves_an_own_absence_and_only_an_approved_one_counts() {
    house.employ(house.plain("me"), house.leader("leader"), house.leader("second"));
    AbsenceDays today = new AbsenceDays(House.TODAY, false, House.TODAY, false);
    Absence mine = absences.enter(house.name("me"), today, house.name("me"));
    Absence leaders = absences.enter(house.name("leader"), today, house.name("leader"));

    assertThat(mine.waits()).isTrue();
    assertThat(routing.assign(house.offer(house.customer("me"), null)).advisor())
        .isEqualTo(house.name("me"));
    assertThatThrownBy(() -> absences.approve(mine.id(), house.name("me")))
        .isInstanceOf(TaskRefusedException.class);
    assertThatThrownBy(() -> absences.approve(leaders.id(), house.name("leader")))
        .isInstanceOf(TaskRefusedException.class);
    assertThatThrownBy(() -> absences.enter(house.name("leader"), today, house.name("me")))
        .hasMessageContaining("本团队");
    House other = new House(context);
    other.employ(other.leader("far"));
    assertThatThrownBy(() -> absences.approve(mine.id(), other.name("far")))
        .isInstanceOf(TaskRefusedException.class);

    assertThat(absences.approve(mine.id(), house.name("leader")).counts()).isTrue();
    assertThat(absences.approve(leaders.id(), house.name("second")).counts()).isTrue();
    assertThat(routing.assign(house.offer(house.customer("me"), null)).advisor())
        .isEqualTo(house.name("second"));
    absences.withdraw(mine.id(), house.name("me"));
    assertThat(routing.assign(house.offer(house.customer("me"), null)).advisor())
        .isEqualTo(house.name("me"));
  }

  @Test
  void what_waits_in_the_pool_is_given_out_as_soon_as_somebody_can() {
    TaskOffer offer = house.offer(house.customer(null), null);
    routing.assign(offer);
    house.employ(house.plain("new"));

    clock.advance(Duration.ofMinutes(1));
    watch.look();

    assertThat(holder(offer.taskId())).isEqualTo("new");
    assertThat(task(offer.taskId()).reason()).isEqualTo(RoutingReason.REROUTED_FROM_POOL);
  }

  private LocalDateTime due(TaskOffer offer) {
    return routing.assign(offer).dueAt().atZone(clock.getZone()).toLocalDateTime();
  }

  private String given(TaskNeeds needs) {
    String advisor = routing.assign(house.offering(house.customer(null), needs)).advisor();
    return advisor == null ? null : advisor.replace("@" + house.branch, "");
  }

  private String held(String person, TaskNeeds needs) {
    TaskOffer offer = house.offering(house.customer(person), needs);
    assertThat(routing.assign(offer).advisor()).isEqualTo(house.name(person));
    return offer.taskId();
  }

  private AdvisorTask task(String taskId) {
    return workList.find(taskId).orElseThrow();
  }

  private TaskCourse course(String taskId) {
    return task(taskId).course();
  }

  private String holder(String taskId) {
    String assignee = task(taskId).assignee();
    return assignee == null ? null : assignee.replace("@" + house.branch, "");
  }
}
