package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class WorkListTest {

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired TaskOutcomes outcomes;
  @Autowired WorkList workList;
  @Autowired MovableClock clock;

  private House house;
  private BranchScope scope;

  @BeforeEach
  void build() {
    house = new House(context);
    scope = BranchScope.of(house.branch);
  }

  @Test
  void what_is_escalated_or_due_first_stands_first() {
    house.employ(house.plain("me"), house.leader("leader"));
    String later = assigned("me", Duration.ofHours(2));
    String overdue = assigned("me", Duration.ofDays(-7));
    String soon = assigned("me", Duration.ofHours(1));
    String escalated = assigned("me", Duration.ofHours(3));
    routing.escalate(escalated);

    assertThat(ids("me", WorkFilter.mine())).containsExactly(escalated, overdue, soon, later);
    assertThat(ids("leader", WorkFilter.mine())).containsExactly(escalated);
    assertThat(ids("me", new WorkFilter(WorkFilter.View.MINE, null, true, null, null)))
        .containsExactly(overdue);
  }

  @Test
  void the_pool_shows_a_person_only_what_the_person_may_claim() {
    String anybody = pooled(null);
    String regulated = pooled("margin");
    House other = new House(context);
    house.employ(house.plain("plain"), house.qualified("qualified"));
    house.employ(house.licensedUntil("expired", House.TODAY.minusDays(1)));
    other.employ(other.qualified("far"));

    assertThat(ids("plain", WorkFilter.pool())).containsExactly(anybody);
    assertThat(ids("qualified", WorkFilter.pool())).containsExactlyInAnyOrder(anybody, regulated);
    assertThat(ids("expired", WorkFilter.pool())).isEmpty();
    assertThat(
            workList.page(
                other.name("far"),
                WorkFilter.pool(),
                BranchScope.everywhere(),
                clock.instant(),
                0,
                100))
        .extracting(AdvisorTask::taskId)
        .doesNotContain(anybody, regulated);
  }

  @Test
  void no_door_shows_a_task_of_another_branch() {
    house.employ(house.plain("me"));
    String task = assigned("me", Duration.ZERO);
    BranchScope elsewhere = BranchScope.of("elsewhere");

    assertThat(
            workList.page(house.name("me"), WorkFilter.mine(), elsewhere, clock.instant(), 0, 100))
        .isEmpty();
    assertThat(workList.count(house.name("me"), WorkFilter.mine(), elsewhere, clock.instant()))
        .isZero();
    assertThat(workList.find(task, elsewhere)).isEmpty();
    assertThat(workList.find(task, scope)).isPresent();
  }

  @Test
  void closed_tasks_can_be_looked_up_and_journey_and_customer_filter() {
    house.employ(house.plain("me"));
    String open = assigned("me", Duration.ZERO);
    String done = assigned("me", Duration.ZERO);
    outcomes.complete(done, "declined", house.name("me"), null);
    long customer = workList.find(done).orElseThrow().customerId();

    assertThat(
            ids(
                "me",
                new WorkFilter(WorkFilter.View.MINE, TaskStatus.COMPLETED, false, null, null)))
        .containsExactly(done);
    assertThat(ids("me", new WorkFilter(WorkFilter.View.MINE, null, false, null, customer)))
        .containsExactly(done);
    assertThat(ids("me", new WorkFilter(WorkFilter.View.MINE, null, false, "margin-opening", null)))
        .containsExactlyInAnyOrder(open, done);
    assertThat(ids("me", new WorkFilter(WorkFilter.View.MINE, null, false, "win-back", null)))
        .isEmpty();
  }

  @Test
  void pages_follow_each_other_without_gap() {
    house.employ(house.withCapacity("me", 100));
    for (int i = 0; i < 25; i++) {
      assigned("me", Duration.ofMinutes(i % 3));
    }
    List<String> all = ids("me", WorkFilter.mine());

    assertThat(workList.count(house.name("me"), WorkFilter.mine(), scope, clock.instant()))
        .isEqualTo(25);
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
    assertThat(workList.page(house.name("me"), WorkFilter.mine(), scope, clock.instant(), 10, 10))
        .extracting(AdvisorTask::taskId)
        .isEqualTo(all.subList(10, 20));
  }

  private String assigned(String person, Duration after) {
    TaskOffer offer = house.offer(house.customer(person), null, MovableClock.START.plus(after));
    assertThat(routing.assign(offer).advisor()).isEqualTo(house.name(person));
    return offer.taskId();
  }

  private String pooled(String qualification) {
    TaskOffer offer = house.offer(house.customer(null), qualification);
    assertThat(routing.assign(offer).advisor()).isNull();
    return offer.taskId();
  }

  private List<String> ids(String person, WorkFilter filter) {
    return workList.page(house.name(person), filter, scope, clock.instant(), 0, 100).stream()
        .map(AdvisorTask::taskId)
        .toList();
  }
}
