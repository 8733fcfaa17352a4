package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.staff.Role;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class TaskRoutingTest {

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired WorkList workList;
  @Autowired EvidenceLog evidence;
  @Autowired MovableClock clock;

  private House house;

  @BeforeEach
  void build() {
    house = new House(context);
  }

  @Test
  void the_customers_own_advisor_comes_first_however_busy() {
    house.employ(house.plain("own"), house.plain("idle"));
    long customer = house.customer("own");
    routing.assign(house.offer(customer, null));

    Assignment second = routing.assign(house.offer(customer, null));

    assertThat(second.advisor()).isEqualTo(house.name("own"));
    assertThat(second.reason()).isEqualTo("客户的专属投顾");
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        unfit(RoutingReason.OWN_UNQUALIFIED, (house, name) -> house.plain(name)),
        unfit(
            RoutingReason.OWN_LICENCE_EXPIRED,
            (house, name) -> house.licensedUntil(name, House.TODAY.minusDays(1))),
        unfit(
            RoutingReason.OWN_ABSENT,
            (house, name) -> house.absent(name, House.TODAY, House.TODAY)),
        unfit(RoutingReason.OWN_ABSENT, (house, name) -> house.absent(name, House.TODAY, null)),
        unfit(
            RoutingReason.OWN_FULL,
            (house, name) ->
                new AdvisorProfile(
                    house.name(name),
                    house.branch,
                    java.util.Set.of("margin"),
                    House.TODAY,
                    0,
                    null,
                    null,
                    false)));
  }

  private static Arguments unfit(
      RoutingReason reason, BiFunction<House, String, AdvisorProfile> advisor) {
    return Arguments.of(reason, advisor);
  }

  @Test
  void who_is_no_advisor_any_more_gets_no_task_and_leads_nobody() {
    house.employ(house.plain("own"), house.leader("leader"));
    house.becomes(house.plain("own"), Role.MARKETER);
    house.becomes(house.leader("leader"), Role.OPERATOR);
    TaskOffer offer = house.offer(house.customer("own"), null);

    assertThat(routing.assign(offer).advisor()).isNull();
    assertThat(routing.escalate(offer.taskId())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void an_own_advisor_who_cannot_take_it_is_passed_over_and_the_reason_is_told(
      RoutingReason reason, BiFunction<House, String, AdvisorProfile> own) {
    house.employ(own.apply(house, "own"), house.qualified("colleague"));

    Assignment assignment = routing.assign(house.offer(house.customer("own"), "margin"));

    assertThat(assignment.advisor()).isEqualTo(house.name("colleague"));
    assertThat(assignment.reason()).isEqualTo(reason.message());
  }

  @Test
  void an_own_advisor_whose_account_is_closed_is_passed_over() {
    house.employ(house.plain("own"), house.plain("colleague"));
    house.enable(house.plain("own"), false);

    Assignment assignment = routing.assign(house.offer(house.customer("own"), null));

    assertThat(assignment.advisor()).isEqualTo(house.name("colleague"));
    assertThat(assignment.reason()).isEqualTo(RoutingReason.OWN_UNAVAILABLE.message());
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void nobody_fit_means_the_pool(
      RoutingReason reason, BiFunction<House, String, AdvisorProfile> only) {
    house.employ(only.apply(house, "only"));

    Assignment assignment = routing.assign(house.offer(house.customer(null), "margin"));

    assertThat(assignment.advisor()).isNull();
    assertThat(assignment.reason()).isEqualTo(RoutingReason.POOL.message());
  }

  @Test
  void the_last_day_of_a_licence_and_the_days_around_an_absence_count_as_work() {
    house.employ(
        house.licensedUntil("last-day", House.TODAY),
        house.absent("until-yesterday", House.TODAY.minusDays(9), House.TODAY.minusDays(1)),
        house.absent("from-tomorrow", House.TODAY.plusDays(1), null));

    List<String> chosen =
        Stream.generate(() -> routing.assign(house.offer(house.customer(null), "margin")))
            .limit(3)
            .map(Assignment::advisor)
            .toList();

    assertThat(chosen)
        .containsExactlyInAnyOrder(
            house.name("last-day"), house.name("until-yesterday"), house.name("from-tomorrow"));
  }

  @Test
  void an_advisor_of_another_branch_gets_nothing_even_as_own_advisor() {
    House other = new House(context);
    other.employ(other.plain("far"));
    long customer = house.customer(null);
    house.employ(house.plain("near"));

    assertThat(routing.assign(house.offer(customer, null)).advisor()).isEqualTo(house.name("near"));
  }

  @Test
  void time_is_counted_in_working_hours() {
    Instant fridayAfternoon =
        LocalDateTime.of(2026, 11, 27, 16, 30).atZone(clock.getZone()).toInstant();

    Assignment assignment =
        routing.assign(house.offer(house.customer(null), null, fridayAfternoon));

    // One hour is left on Friday, seven more fit into Monday, which has seven.
    assertThat(assignment.dueAt().atZone(clock.getZone()).toLocalDateTime())
        .isEqualTo(LocalDateTime.of(2026, 11, 30, 17, 30));
  }

  @Test
  void a_task_assigned_again_keeps_its_first_answer() {
    house.employ(house.plain("one"));
    TaskOffer offer = house.offer(house.customer(null), null);
    Assignment first = routing.assign(offer);
    house.employ(house.plain("idle"));

    assertThat(routing.assign(offer)).isEqualTo(first);
  }

  @Test
  void an_assignment_is_proved_with_codes_only() {
    house.employ(house.plain("one"));
    long customer = house.customer("one");
    TaskOffer offer = house.offer(customer, null);
    routing.assign(offer);

    assertThat(evidence.ofCustomer(customer))
        .filteredOn(row -> row.kind() == EvidenceKind.TASK_ASSIGNED)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.subject()).isEqualTo("task:" + offer.taskId());
              assertThat(row.facts())
                  .containsEntry("reason", "own_advisor")
                  .containsEntry("assignee", house.name("one"))
                  .containsEntry("journey", "margin-opening");
            });
  }

  @Test
  void a_colleague_claims_a_task_of_the_pool_and_only_one_gets_it() throws Exception {
    TaskOffer offer = house.offer(house.customer(null), null);
    routing.assign(offer);
    house.employ(house.plain("one"), house.plain("two"));

    List<Boolean> won =
        atOnce(
            () -> claimed(offer.taskId(), house.name("one")),
            () -> claimed(offer.taskId(), house.name("two")));

    assertThat(won).containsExactlyInAnyOrder(true, false);
    assertThat(workList.find(offer.taskId()))
        .hasValueSatisfying(
            task -> {
              assertThat(task.assignee()).isIn(house.name("one"), house.name("two"));
              assertThat(task.reason()).isEqualTo(RoutingReason.CLAIMED);
            });
  }

  @Test
  void who_may_not_do_a_task_may_not_claim_it_and_is_told_why() {
    TaskOffer offer = house.offer(house.customer(null), "margin");
    routing.assign(offer);
    House other = new House(context);
    other.employ(other.qualified("far"));
    house.employ(
        house.plain("unqualified"), house.licensedUntil("expired", House.TODAY.minusDays(1)));

    assertClaimRefused(offer, house.name("unqualified"), "unqualified", "没有此任务要求的资格“margin”");
    assertClaimRefused(offer, house.name("expired"), "licence_expired", "执业资格已过期");
    assertClaimRefused(offer, other.name("far"), "other_branch", "不在该营业部");
    assertClaimRefused(offer, "nobody", "no_advisor", "不是在岗投顾");
    assertThatThrownBy(() -> routing.claim("no-such-task", house.name("unqualified")))
        .hasMessageContaining("没有编号");
  }

  @Test
  void a_task_is_handed_over_by_its_holder_or_a_leader_to_somebody_fit() {
    house.employ(house.qualified("holder"));
    TaskOffer offer = house.offer(house.customer("holder"), "margin");
    routing.assign(offer);
    house.employ(
        house.qualified("fit"),
        house.plain("unqualified"),
        house.absent("away", House.TODAY, null),
        house.leader("leader"));

    assertHandOverRefused(offer, "fit", "unqualified", "not_holder");
    assertHandOverRefused(offer, "unqualified", "holder", "unqualified");
    assertHandOverRefused(offer, "away", "holder", "absent");
    assertHandOverRefused(offer, "holder", "holder", "held");

    routing.handOver(offer.taskId(), house.name("fit"), house.name("holder"));
    assertThat(holder(offer)).isEqualTo(house.name("fit"));
    routing.handOver(offer.taskId(), house.name("holder"), house.name("leader"));
    assertThat(holder(offer)).isEqualTo(house.name("holder"));
  }

  @Test
  void an_overdue_task_goes_to_the_leader_too_and_its_holder_keeps_it() {
    house.employ(house.plain("holder"), house.leader("leader"));
    long customer = house.customer("holder");
    TaskOffer offer = house.offer(customer, null);
    routing.assign(offer);
    clock.advance(Duration.ofDays(2));

    assertThat(routing.escalate(offer.taskId())).contains(house.name("leader"));

    assertThat(workList.find(offer.taskId()))
        .hasValueSatisfying(
            task -> {
              assertThat(task.assignee()).isEqualTo(house.name("holder"));
              assertThat(task.escalatedTo()).isEqualTo(house.name("leader"));
              assertThat(task.escalatedAt()).isEqualTo(clock.instant());
            });
    assertThat(evidence.ofCustomer(customer))
        .extracting(EvidenceRow::facts)
        .anySatisfy(facts -> assertThat(facts).containsEntry("reason", "escalated"));
  }

  @Test
  void an_absent_leader_is_not_told_and_a_closed_task_is_not_escalated() {
    AdvisorProfile away = house.absent("leader", House.TODAY, null);
    house.employ(
        new AdvisorProfile(
            away.username(),
            away.branch(),
            away.qualifications(),
            away.licenceUntil(),
            10,
            away.absentFrom(),
            null,
            true));
    TaskOffer offer = house.offer(house.customer(null), null);
    routing.assign(offer);

    assertThat(routing.escalate(offer.taskId())).isEmpty();
    assertThat(workList.find(offer.taskId()).orElseThrow().escalatedAt()).isNotNull();

    TaskOffer cancelled = house.offer(house.customer(null), null);
    routing.assign(cancelled);
    context.getBean(TaskOutcomes.class).cancel(cancelled.taskId(), "goal");
    assertThat(routing.escalate(cancelled.taskId())).isEmpty();
    assertThat(workList.find(cancelled.taskId()).orElseThrow().escalatedAt()).isNull();
  }

  private String holder(TaskOffer offer) {
    return workList.find(offer.taskId()).orElseThrow().assignee();
  }

  private boolean claimed(String taskId, String actor) {
    try {
      routing.claim(taskId, actor);
      return true;
    } catch (TaskRefusedException refused) {
      assertThat(refused.code()).isEqualTo("held");
      return false;
    }
  }

  private void assertClaimRefused(TaskOffer offer, String actor, String code, String why) {
    assertThatThrownBy(() -> routing.claim(offer.taskId(), actor))
        .isInstanceOfSatisfying(
            TaskRefusedException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  private void assertHandOverRefused(TaskOffer offer, String to, String actor, String code) {
    assertThatThrownBy(() -> routing.handOver(offer.taskId(), house.name(to), house.name(actor)))
        .isInstanceOfSatisfying(
            TaskRefusedException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static List<Boolean> atOnce(Callable<Boolean> one, Callable<Boolean> other)
      throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    try {
      var results = threads.invokeAll(List.of(one, other));
      return List.of(results.get(0).get(), results.get(1).get());
    } finally {
      threads.shutdown();
    }
  }
}
