package io.waymark.advisor;

import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Says in Chinese why {@link TaskTable} changed nothing. It only explains: what is allowed stands
 * in the statements themselves.
 */
@Component
class TaskRefusals {

  private final TaskTable tasks;
  private final Advisors advisors;
  private final StaffDirectory staff;

  TaskRefusals(TaskTable tasks, Advisors advisors, StaffDirectory staff) {
    this.tasks = tasks;
    this.advisors = advisors;
    this.staff = staff;
  }

  TaskRefusedException claim(String taskId, String actor, Instant now) {
    AdvisorTask task = tasks.get(taskId);
    if (task.status() != TaskStatus.OPEN) {
      return closed(task);
    }
    if (task.assignee() != null) {
      return new TaskRefusedException("held", "任务已由 " + task.assignee() + " 负责,请刷新任务列表。");
    }
    return person(task, actor, now).orElseGet(TaskRefusals::raced);
  }

  TaskRefusedException complete(String taskId, String actor, Instant now) {
    AdvisorTask task = tasks.get(taskId);
    if (task.status() != TaskStatus.OPEN) {
      return closed(task);
    }
    String holder = task.assignee();
    if (holder == null) {
      return person(task, actor, now)
          .orElseGet(() -> new TaskRefusedException("unclaimed", "请先领取任务,再提交结果。"));
    }
    if (!holder.equals(actor)) {
      return new TaskRefusedException("not_holder", "任务由 " + holder + " 负责,只有负责人或本营业部在岗主管可以提交结果。");
    }
    return person(task, actor, now).orElseGet(TaskRefusals::raced);
  }

  TaskRefusedException refuse(String taskId, String actor) {
    AdvisorTask task = tasks.get(taskId);
    if (task.status() != TaskStatus.OPEN) {
      return closed(task);
    }
    return actor.equals(task.assignee())
        ? raced()
        : new TaskRefusedException("not_holder", "只有任务负责人可以退回任务。");
  }

  TaskRefusedException handOver(String taskId, String to, String actor, Instant now) {
    AdvisorTask task = tasks.get(taskId);
    if (task.status() != TaskStatus.OPEN) {
      return closed(task);
    }
    Optional<AdvisorProfile> giver = advisors.find(actor);
    boolean leads = giver.filter(AdvisorProfile::leader).isPresent();
    if (!leads && !actor.equals(task.assignee())) {
      return new TaskRefusedException("not_holder", "只有任务负责人或本营业部在岗主管可以转交任务。");
    }
    if (to.equals(task.assignee())) {
      return new TaskRefusedException("held", "任务已由 " + to + " 负责,无需转交。");
    }
    Optional<TaskRefusedException> receiver = person(task, to, now);
    if (receiver.isPresent()) {
      return receiver.get();
    }
    if (!advisors.present(to, now)) {
      return new TaskRefusedException("absent", "投顾 " + to + " 正在请假,请转交给在岗的同事。");
    }
    return employed(task, actor, now).orElseGet(TaskRefusals::raced);
  }

  private Optional<TaskRefusedException> person(AdvisorTask task, String username, Instant now) {
    Optional<TaskRefusedException> unfit = employed(task, username, now);
    if (unfit.isPresent()) {
      return unfit;
    }
    String qualification = task.qualification();
    boolean qualified =
        qualification == null
            || advisors.find(username).orElseThrow().qualifications().contains(qualification);
    if (qualified && !serves(task, advisors.find(username).orElseThrow().strengths())) {
      return refused("unfit", "用户 " + username + " 没有此任务要求的专长、语言或客户层级,请转给合适的同事。");
    }
    return qualified
        ? Optional.empty()
        : refused(
            "unqualified", "用户 %s 没有此任务要求的资格“%s”,请转给有资格的同事。".formatted(username, qualification));
  }

  private Optional<TaskRefusedException> employed(AdvisorTask task, String username, Instant now) {
    Optional<AdvisorProfile> profile = advisors.find(username);
    if (profile.isEmpty() || staff.find(username).filter(StaffMember::enabled).isEmpty()) {
      return refused("no_advisor", "用户 " + username + " 不是在岗投顾,不能处理投顾任务。");
    }
    if (!profile.get().branch().equals(task.branch()) && !reaches(task, username)) {
      return refused("other_branch", "任务属于营业部 %s,用户 %s 不在该营业部。".formatted(task.branch(), username));
    }
    if (profile.get().licenceUntil().isBefore(Roster.today(now))) {
      return refused("licence_expired", "用户 " + username + " 的执业资格已过期,请先更新执业登记。");
    }
    return Optional.empty();
  }

  /** Head office may where the drawing lets it, and its leader what was escalated. */
  private boolean reaches(AdvisorTask task, String username) {
    boolean asked = task.needs().anywhere() || username.equals(task.escalatedTo());
    return asked && staff.find(username).filter(StaffMember::allBranches).isPresent();
  }

  private static boolean serves(AdvisorTask task, AdvisorProfile.Strengths strengths) {
    TaskNeeds needs = task.needs();
    return (needs.skill() == null || strengths.skills().contains(needs.skill()))
        && (needs.language() == null || strengths.languages().contains(needs.language()))
        && (needs.tier() == null
            || strengths.tiers().isEmpty()
            || strengths.tiers().contains(needs.tier()));
  }

  private static TaskRefusedException closed(AdvisorTask task) {
    return new TaskRefusedException("not_open", "任务" + task.status().title() + ",不能再处理,请刷新任务列表。");
  }

  private static TaskRefusedException raced() {
    return new TaskRefusedException("raced", "任务刚刚被他人更新,请刷新后重试。");
  }

  private static Optional<TaskRefusedException> refused(String code, String message) {
    return Optional.of(new TaskRefusedException(code, message));
  }
}
