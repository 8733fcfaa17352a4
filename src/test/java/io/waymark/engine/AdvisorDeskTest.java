package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.CallBacks;
import io.waymark.advisor.MoveReason;
import io.waymark.advisor.TaskMessages;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkFilter;
import io.waymark.advisor.WorkFilter.View;
import io.waymark.advisor.WorkList;
import io.waymark.advisor.form.TaskField;
import io.waymark.advisor.form.TaskForm;
import io.waymark.contact.AlreadySent;
import io.waymark.contact.NotSent;
import io.waymark.contact.SendResult;
import io.waymark.contact.Sent;
import io.waymark.customer.LegalStatus;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an advisor does with a task of the shipped risk-warning journey. */
@WithTravellers
class AdvisorDeskTest {

  @Autowired Travellers travellers;
  @Autowired AdvisorDesk desk;
  @Autowired WorkList workList;
  @Autowired TaskRouting routing;
  @Autowired CallBacks callBacks;
  @Autowired TaskMessages messages;
  @Autowired TaskService tasks;
  @Autowired EvidenceLog evidence;
  @Autowired MovableClock clock;

  Traveller traveller;
  String task;

  @BeforeEach
  void warned() {
    traveller =
        travellers
            .somebodyFor("risk-warning")
            .does("redemption.large")
            .entersByAudience("risk-warning");
    task = traveller.task("Task_Interview").getId();
  }

  private AdvisorTask open() {
    return workList
        .page(
            Travellers.ADVISOR,
            new WorkFilter(View.BRANCH, TaskStatus.OPEN, false, null, traveller.id()),
            BranchScope.everywhere(),
            clock.instant(),
            0,
            10)
        .get(0);
  }

  @Test
  void the_form_drawn_in_modeler_tells_what_to_do_and_what_may_be_answered() {
    TaskForm form = desk.form(task);

    assertThat(form.guidance()).hasSize(1);
    assertThat(form.outcomes())
        .extracting(TaskField.Choice::code)
        .containsExactlyInAnyOrderElementsOf(open().outcomes());
    assertThat(form.note().orElseThrow().longest()).isEqualTo(1000);
  }

  @Test
  void the_form_holds_at_every_door() {
    assertThatThrownBy(
            () -> desk.complete(task, "calm", "长".repeat(1001), Travellers.ADVISOR, List.of()))
        .isInstanceOf(TaskRefusedException.class)
        .hasMessageContaining("最多 1000 字");
    assertThat(open().status()).isEqualTo(TaskStatus.OPEN);
  }

  @Test
  void an_agreed_call_puts_the_task_off_here_and_in_tasklist_three_times_at_most() {
    Instant tomorrow = MovableClock.START.plus(Duration.ofHours(28));

    AdvisorTask putOff = callBacks.agree(task, tomorrow, Travellers.ADVISOR);

    assertThat(putOff.resting(clock.instant())).isTrue();
    assertThat(tasks.createTaskQuery().taskId(task).singleResult())
        .satisfies(
            engine -> {
              assertThat(engine.getFollowUpDate()).isEqualTo(Date.from(tomorrow));
              assertThat(engine.getDueDate()).isEqualTo(Date.from(putOff.dueAt()));
            });
    assertThat(routing.escalate(task)).isEmpty();
    assertThatThrownBy(
            () -> callBacks.agree(task, tomorrow.plus(Duration.ofHours(8)), Travellers.ADVISOR))
        .hasMessageContaining("不在工作时间内");
    assertThatThrownBy(() -> callBacks.agree(task, tomorrow, Travellers.LEADER))
        .hasMessageContaining("只有负责人");
    callBacks.agree(task, tomorrow, Travellers.ADVISOR);
    callBacks.agree(task, tomorrow.plus(Duration.ofDays(2)), Travellers.ADVISOR);
    // Two working hours after the agreed moment, which is later than it was due.
    assertThat(open().dueAt()).isAfter(tomorrow.plus(Duration.ofDays(2)));
    assertThatThrownBy(() -> callBacks.agree(task, tomorrow, Travellers.ADVISOR))
        .hasMessageContaining("已约定过 3 次");
  }

  @Test
  void a_material_goes_through_the_gate_once_and_nothing_else_can_be_sent() {
    String material = open().material().materials().get(0);

    SendResult first = messages.send(task, material, Travellers.ADVISOR);

    assertThat(first).isInstanceOf(Sent.class);
    assertThat(messages.send(task, material, Travellers.ADVISOR)).isInstanceOf(AlreadySent.class);
    assertThatThrownBy(() -> messages.send(task, "margin-open-sms", Travellers.ADVISOR))
        .hasMessageContaining("不属于此任务");
    assertThatThrownBy(() -> messages.send(task, material, Travellers.LEADER))
        .hasMessageContaining("只有负责人");
    assertThat(evidence.ofCustomer(traveller.id()))
        .filteredOn(row -> row.kind() == EvidenceKind.TASK_ASSIGNED)
        .anySatisfy(row -> assertThat(row.facts()).containsEntry("reason", "material_sent"));
  }

  @Test
  void what_the_gate_withholds_does_not_leave_though_an_advisor_asked() {
    traveller.importAs(LegalStatus.DECEASED);
    String material = open().material().materials().get(0);

    assertThat(messages.send(task, material, Travellers.ADVISOR)).isInstanceOf(NotSent.class);
  }

  @Test
  void a_refused_task_shows_its_new_holder_in_tasklist_or_goes_to_the_pool() {
    String other = routing.refuse(task, Travellers.ADVISOR, MoveReason.CONFLICT).orElseThrow();
    assertThat(tasks.createTaskQuery().taskId(task).singleResult().getAssignee()).isEqualTo(other);

    routing.refuse(task, other, MoveReason.CONFLICT);
    assertThat(tasks.createTaskQuery().taskId(task).singleResult().getAssignee()).isNull();
    assertThat(
            tasks
                .createTaskQuery()
                .taskCandidateGroup("advisor-" + Travellers.BRANCH)
                .taskId(task)
                .count())
        .isEqualTo(1);
    routing.claim(task, Travellers.LEADER);
    assertThat(
            tasks
                .createTaskQuery()
                .taskCandidateGroup("advisor-" + Travellers.BRANCH)
                .includeAssignedTasks()
                .taskId(task)
                .count())
        .isZero();
    desk.complete(task, "calm", null, Travellers.LEADER, List.of());
  }
}
