package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class TaskOutcomesTest {

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired TaskOutcomes outcomes;
  @Autowired WorkList workList;
  @Autowired CustomerEvents events;
  @Autowired EvidenceLog evidence;
  @Autowired CustomerVault vault;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private House house;
  private long customer;
  private TaskOffer offer;

  @BeforeEach
  void build() {
    house = new House(context);
    house.employ(house.qualified("holder"));
    customer = house.customer("holder");
    offer = house.offer(customer, "margin");
    routing.assign(offer);
    house.employ(house.qualified("colleague"), house.leader("leader"));
  }

  @Test
  void an_outcome_closes_the_task_is_proved_and_becomes_an_event() {
    outcomes.complete(offer.taskId(), "will_open", house.name("holder"), null);

    assertThat(workList.find(offer.taskId()))
        .hasValueSatisfying(
            task -> {
              assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
              assertThat(task.outcome()).isEqualTo("will_open");
              assertThat(task.closedBy()).isEqualTo(house.name("holder"));
              assertThat(task.closedAt()).isEqualTo(clock.instant());
            });
    assertThat(told())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.branch()).isEqualTo(house.branch);
              assertThat(event.properties())
                  .containsEntry("taskId", offer.taskId())
                  .containsEntry("outcome", "will_open")
                  .containsEntry("journey", "margin-opening")
                  .containsEntry("node", "Task_Advisor");
            });
    assertThat(evidence.ofCustomer(customer))
        .filteredOn(row -> row.kind() == EvidenceKind.TASK_COMPLETED)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.actor()).isEqualTo(house.name("holder"));
              assertThat(row.facts()).containsEntry("outcome", "will_open");
            });
  }

  @Test
  void a_note_is_kept_sealed_and_nowhere_else() {
    outcomes.complete(offer.taskId(), "declined", house.name("holder"), " 客户说下周再谈 ");

    byte[] stored =
        jdbc.sql("select note from advisor_task where task_id = ?")
            .param(offer.taskId())
            .query(byte[].class)
            .single();
    assertThat(new String(stored, StandardCharsets.UTF_8)).doesNotContain("下周");
    assertThat(told().get(0).properties().toString()).doesNotContain("下周");
    assertThat(workList.note(offer.taskId(), BranchScope.of(house.branch))).contains("客户说下周再谈");
    assertThat(workList.note(offer.taskId(), BranchScope.of("elsewhere"))).isEmpty();

    vault.destroyKey(customer, "SH01", "test");
    assertThat(workList.note(offer.taskId(), BranchScope.everywhere())).isEmpty();
  }

  @Test
  void an_outcome_outside_the_list_is_refused_with_the_list() {
    assertRefused("maybe", "holder", "outcome", "declined、will_open");
  }

  @Test
  void only_the_holder_or_a_leader_may_answer() {
    assertRefused("declined", "colleague", "not_holder", "只有负责人或本营业部在岗主管");

    outcomes.complete(offer.taskId(), "declined", house.name("leader"), null);
    assertThat(workList.find(offer.taskId()).orElseThrow().closedBy())
        .isEqualTo(house.name("leader"));
  }

  @Test
  void a_leader_of_another_branch_may_not() {
    House other = new House(context);
    other.employ(other.leader("leader"));
    assertThatThrownBy(
            () -> outcomes.complete(offer.taskId(), "declined", other.name("leader"), null))
        .isInstanceOf(TaskRefusedException.class);
  }

  @Test
  void a_licence_that_ran_out_overnight_counts_from_the_first_second() {
    house.employ(house.licensedUntil("holder", House.TODAY));
    clock.advance(Duration.ofHours(14));
    assertRefused("declined", "holder", "licence_expired", "执业资格已过期");
  }

  @Test
  void a_task_of_the_pool_is_claimed_before_it_is_answered() {
    House empty = new House(context);
    TaskOffer pooled = empty.offer(empty.customer(null), null);
    routing.assign(pooled);
    empty.employ(empty.plain("one"));
    assertThatThrownBy(
            () -> outcomes.complete(pooled.taskId(), "declined", empty.name("one"), null))
        .hasMessageContaining("请先领取任务");

    routing.claim(pooled.taskId(), empty.name("one"));
    outcomes.complete(pooled.taskId(), "declined", empty.name("one"), null);
    assertThat(workList.find(pooled.taskId()).orElseThrow().status())
        .isEqualTo(TaskStatus.COMPLETED);
  }

  @Test
  void two_answers_at_once_leave_one_outcome_and_one_event() throws Exception {
    Callable<Boolean> holder = () -> answered("will_open", "holder");
    Callable<Boolean> leader = () -> answered("declined", "leader");
    var threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Boolean>> answers = threads.invokeAll(List.of(holder, leader));
      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(true, false);
    } finally {
      threads.shutdown();
    }
    assertThat(told())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.properties().get("outcome"))
                    .isEqualTo(workList.find(offer.taskId()).orElseThrow().outcome()));
  }

  @Test
  void a_task_taken_back_can_no_longer_be_answered_and_a_done_one_not_taken_back() {
    outcomes.cancel(offer.taskId(), "goal");
    assertRefused("declined", "holder", "not_open", "已取消");
    assertThat(workList.find(offer.taskId()).orElseThrow().cancelReason()).isEqualTo("goal");

    TaskOffer done = house.offer(customer, null);
    routing.assign(done);
    outcomes.complete(done.taskId(), "declined", house.name("holder"), null);
    outcomes.cancel(done.taskId(), "goal");
    assertThat(workList.find(done.taskId()).orElseThrow().status()).isEqualTo(TaskStatus.COMPLETED);
  }

  @Test
  void the_timeline_tells_what_happened_to_the_task() {
    routing.escalate(offer.taskId());
    outcomes.complete(offer.taskId(), "declined", house.name("holder"), null);

    assertThat(
            context
                .getBean(AdvisorTimeline.class)
                .of(customer, MovableClock.START, MovableClock.START.plusSeconds(1)))
        .extracting(entry -> entry.title())
        .containsExactlyInAnyOrder("投顾任务已下达:投顾一对一跟进", "投顾任务已升级:投顾一对一跟进", "投顾任务已完成:投顾一对一跟进");
    assertThat(
            context
                .getBean(AdvisorTimeline.class)
                .of(customer, MovableClock.START.minusSeconds(9), MovableClock.START))
        .isEmpty();
  }

  private boolean answered(String outcome, String person) {
    try {
      outcomes.complete(offer.taskId(), outcome, house.name(person), null);
      return true;
    } catch (TaskRefusedException refused) {
      assertThat(refused.code()).isEqualTo("not_open");
      return false;
    }
  }

  private List<CustomerEvent> told() {
    return events.since(customer, "advisor.task_completed", 0);
  }

  private void assertRefused(String outcome, String person, String code, String why) {
    assertThatThrownBy(() -> outcomes.complete(offer.taskId(), outcome, house.name(person), null))
        .isInstanceOfSatisfying(
            TaskRefusedException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(why);
    assertThat(told()).isEmpty();
  }
}
