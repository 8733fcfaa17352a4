package io.waymark.console;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkFilter;
import io.waymark.advisor.WorkFilter.View;
import io.waymark.advisor.WorkList;
import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerNames;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An advisor's work list: own tasks, tasks to claim, and for a team leader the branch's. */
@ConsolePage
class TasksPage {

  private final WorkList work;
  private final TaskRouting routing;
  private final Advisors advisors;
  private final CustomerNames names;
  private final JourneyNames journeys;
  private final TaskBatches batches;
  private final Words words;
  private final Clock clock;

  TasksPage(
      WorkList work,
      TaskRouting routing,
      Advisors advisors,
      CustomerNames names,
      JourneyNames journeys,
      TaskBatches batches,
      Words words,
      Clock clock) {
    this.work = work;
    this.routing = routing;
    this.advisors = advisors;
    this.names = names;
    this.journeys = journeys;
    this.batches = batches;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/tasks")
  String list(
      @RequestParam(defaultValue = "mine") String view,
      @RequestParam(defaultValue = "open") String status,
      @RequestParam(defaultValue = "false") boolean overdue,
      @RequestParam(defaultValue = "") String journey,
      @RequestParam(defaultValue = "") String node,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    boolean leader = advisors.find(staff.username()).map(AdvisorProfile::leader).orElse(false);
    View shown = view(view, leader);
    TaskStatus standing = status(status);
    var filter =
        new WorkFilter(
            shown,
            standing,
            overdue,
            journey.isBlank() ? null : journey,
            null,
            node.isBlank() ? null : node);
    ListPage<AdvisorTask> found =
        ListPage.read(
            page,
            offset ->
                work.page(
                    staff.username(),
                    filter,
                    staff.scope(),
                    clock.instant(),
                    offset,
                    ListPage.SIZE + 1));
    Map<Long, String> clear =
        names.clearAll(found.rows().stream().map(AdvisorTask::customerId).distinct().toList());
    model.addAttribute(
        "page", found.with(found.rows().stream().map(task -> line(task, clear, staff)).toList()));
    model.addAttribute("view", shown.name().toLowerCase(java.util.Locale.ROOT));
    model.addAttribute("status", standing == null ? "" : standing.code());
    model.addAttribute("overdue", overdue);
    model.addAttribute(
        "views",
        words.options(
            "tasks.view",
            leader ? Stream.of("mine", "pool", "branch") : Stream.of("mine", "pool")));
    model.addAttribute(
        "statuses",
        Stream.of(TaskStatus.values()).map(s -> new Option(s.code(), s.title())).toList());
    model.addAttribute("journeys", journeys.byKey());
    model.addAttribute("journey", journey);
    model.addAttribute("node", node);
    model.addAttribute("steps", work.steps(staff.username(), staff.scope()));
    model.addAttribute("outcomes", together(found.rows(), node, standing));
    return "tasks";
  }

  /** What the tasks of one step can be answered with together; nothing for several steps. */
  private List<Option> together(
      List<AdvisorTask> tasks, String node, @Nullable TaskStatus standing) {
    if (node.isBlank() || tasks.isEmpty() || standing != TaskStatus.OPEN) {
      return List.of();
    }
    return words.options("outcome", tasks.get(0).outcomes().stream().sorted());
  }

  @PostMapping("/tasks/batch")
  String batch(
      @RequestParam(defaultValue = "") List<String> task,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(defaultValue = "") String journey,
      @RequestParam(defaultValue = "") String node,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addAttribute("journey", journey);
    next.addAttribute("node", node);
    try {
      TaskBatches.Result result = batches.complete(task, outcome, note.strip(), staff);
      if (result.done() > 0) {
        next.addFlashAttribute("batchDone", result.done());
      }
      next.addFlashAttribute("batchProblems", result.problems());
    } catch (TaskRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/tasks";
  }

  @PostMapping("/tasks/{taskId}/claim")
  String claim(@PathVariable String taskId, CurrentStaff staff, RedirectAttributes next) {
    try {
      routing.claim(taskId, staff.username());
      next.addFlashAttribute("said", "tasks.claimed");
    } catch (TaskRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return "redirect:/tasks?view=pool";
    }
    next.addAttribute("task", taskId);
    return "redirect:/tasks/{task}";
  }

  /** The customer's name is for whoever holds the task; others see enough to recognise one. */
  private static Line line(AdvisorTask task, Map<Long, String> clear, CurrentStaff staff) {
    String name = clear.getOrDefault(task.customerId(), "");
    boolean mine = staff.username().equals(task.assignee());
    return new Line(task, mine ? name : masked(name));
  }

  static String masked(String name) {
    return name.isEmpty() ? "" : Character.toString(name.codePointAt(0)) + "**";
  }

  private static View view(String code, boolean leader) {
    return switch (code) {
      case "pool" -> View.POOL;
      case "branch" -> leader ? View.BRANCH : View.MINE;
      default -> View.MINE;
    };
  }

  private static @Nullable TaskStatus status(String code) {
    return List.of(TaskStatus.values()).stream()
        .filter(status -> status.code().equals(code))
        .findFirst()
        .orElse(null);
  }

  /** One line of the work list. */
  public record Line(AdvisorTask task, String customer) {}
}
