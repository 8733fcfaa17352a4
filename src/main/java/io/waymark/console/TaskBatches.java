package io.waymark.console;

import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.WorkList;
import io.waymark.console.security.CurrentStaff;
import io.waymark.engine.identity.EngineGroups;
import io.waymark.engine.run.AdvisorDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers several tasks of one step with one outcome; each is a transaction of its own. */
@Component
class TaskBatches {

  /** More than a page shows cannot have been looked at. */
  private static final int MOST = 100;

  private final WorkList work;
  private final AdvisorDesk desk;

  TaskBatches(WorkList work, AdvisorDesk desk) {
    this.work = work;
    this.desk = desk;
  }

  /**
   * What became of a batch.
   *
   * @param problems one sentence for each task that was not answered
   */
  public record Result(int done, List<String> problems) {}

  /**
   * Answers them; those that may not be answered stay, each with its reason.
   *
   * @throws TaskRefusedException when nothing or too much was chosen, or tasks of several steps
   */
  Result complete(List<String> taskIds, String outcome, String note, CurrentStaff staff) {
    if (taskIds.isEmpty() || taskIds.size() > MOST) {
      throw new TaskRefusedException("batch", "请勾选 1 至 %d 个任务。".formatted(MOST));
    }
    List<AdvisorTask> tasks =
        taskIds.stream()
            .distinct()
            .map(id -> work.find(id, staff.scope()))
            .flatMap(Optional::stream)
            .toList();
    if (tasks.stream().map(task -> task.journeyKey() + "/" + task.node()).distinct().count() != 1) {
      throw new TaskRefusedException("batch", "一次只能办结同一旅程同一步骤的任务。");
    }
    int done = 0;
    List<String> problems = new ArrayList<>();
    for (AdvisorTask task : tasks) {
      try {
        desk.complete(
            task.taskId(), outcome, note, staff.username(), EngineGroups.of(staff.member()));
        done++;
      } catch (TaskRefusedException refused) {
        problems.add(task.title() + "：" + refused.getMessage());
      }
    }
    return new Result(done, problems);
  }
}
