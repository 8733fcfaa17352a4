package io.waymark.console;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkList;
import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Addresses;
import io.waymark.customer.CustomerNames;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.engine.identity.EngineGroups;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.platform.Channel;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One task beside the customer it is about, and its answer. */
@ConsolePage
class TaskPage {

  private static final Duration RECENT = Duration.ofDays(30);

  private final WorkList work;
  private final AdvisorDesk desk;
  private final TaskRouting routing;
  private final Advisors advisors;
  private final StaffDirectory directory;
  private final Customers customers;
  private final CustomerNames names;
  private final Addresses addresses;
  private final CustomerPage customerPage;
  private final History timeline;
  private final JourneyNames journeys;
  private final Words words;
  private final Clock clock;

  TaskPage(
      WorkList work,
      AdvisorDesk desk,
      TaskRouting routing,
      Advisors advisors,
      StaffDirectory directory,
      Customers customers,
      CustomerNames names,
      Addresses addresses,
      CustomerPage customerPage,
      History timeline,
      JourneyNames journeys,
      Words words,
      Clock clock) {
    this.work = work;
    this.desk = desk;
    this.routing = routing;
    this.advisors = advisors;
    this.directory = directory;
    this.customers = customers;
    this.names = names;
    this.addresses = addresses;
    this.customerPage = customerPage;
    this.timeline = timeline;
    this.journeys = journeys;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/tasks/{taskId}")
  String show(@PathVariable String taskId, CurrentStaff staff, Model model) {
    AdvisorTask task = task(taskId, staff);
    CustomerProfile customer = customer(task, staff);
    boolean mine = staff.username().equals(task.assignee());
    boolean leads = leads(staff, task);
    model.addAttribute("task", task);
    model.addAttribute("mine", mine);
    model.addAttribute("overdue", task.overdue(clock.instant()));
    model.addAttribute("answerable", task.status() == TaskStatus.OPEN && (mine || leads));
    model.addAttribute("claimable", task.status() == TaskStatus.OPEN && task.assignee() == null);
    model.addAttribute("outcomes", words.options("outcome", task.outcomes().stream().sorted()));
    model.addAttribute("colleagues", mine || leads ? colleagues(task) : List.of());
    model.addAttribute("note", work.note(taskId, staff.scope()).orElse(""));
    // Clear contact data only for whoever must call now: an open task in one's own hands.
    boolean calling = mine && task.status() == TaskStatus.OPEN;
    model.addAttribute("clearName", calling ? names.clear(customer.id()) : customer.maskedName());
    model.addAttribute(
        "mobile",
        calling
            ? addresses.of(List.of(customer.id()), Channel.SMS).getOrDefault(customer.id(), "")
            : "");
    customerPage.describe(customer, staff, model);
    Instant now = clock.instant();
    model.addAttribute(
        "days",
        customerPage.days(
            timeline.oldestFirst(customer.id(), now.minus(RECENT), now.plusMillis(1), null), ""));
    model.addAttribute("journeys", journeys.byKey());
    return "task";
  }

  @PostMapping("/tasks/{taskId}/complete")
  String complete(
      @PathVariable String taskId,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(defaultValue = "") String note,
      CurrentStaff staff,
      RedirectAttributes next) {
    task(taskId, staff);
    try {
      if (outcome.isBlank()) {
        throw new TaskRefusedException("outcome", words.of("task.outcome.missing"));
      }
      desk.complete(
          taskId, outcome, note.strip(), staff.username(), EngineGroups.of(staff.member()));
    } catch (TaskRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("written", note);
      next.addFlashAttribute("chosen", outcome);
      next.addAttribute("task", taskId);
      return "redirect:/tasks/{task}";
    }
    next.addFlashAttribute("said", "task.completed");
    return "redirect:/tasks";
  }

  @PostMapping("/tasks/{taskId}/hand-over")
  String handOver(
      @PathVariable String taskId,
      @RequestParam(defaultValue = "") String to,
      CurrentStaff staff,
      RedirectAttributes next) {
    task(taskId, staff);
    try {
      routing.handOver(taskId, to, staff.username());
    } catch (TaskRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addAttribute("task", taskId);
      return "redirect:/tasks/{task}";
    }
    next.addFlashAttribute("said", "task.handed_over");
    return "redirect:/tasks";
  }

  private AdvisorTask task(String taskId, CurrentStaff staff) {
    return work.find(taskId, staff.scope()).orElseThrow(TaskPage::missing);
  }

  private CustomerProfile customer(AdvisorTask task, CurrentStaff staff) {
    String ref = customers.refsOf(List.of(task.customerId())).get(task.customerId());
    if (ref == null) {
      throw missing();
    }
    return customers.find(ref, staff.scope()).orElseThrow(TaskPage::missing);
  }

  private boolean leads(CurrentStaff staff, AdvisorTask task) {
    return advisors
        .find(staff.username())
        .map(profile -> profile.leader() && profile.branch().equals(task.branch()))
        .orElse(false);
  }

  private List<Option> colleagues(AdvisorTask task) {
    Map<String, String> people =
        directory.all().stream()
            .collect(Collectors.toMap(StaffMember::username, StaffMember::name));
    return advisors.ofBranch(task.branch()).stream()
        .map(AdvisorProfile::username)
        .filter(username -> !username.equals(task.assignee()))
        .map(username -> new Option(username, people.getOrDefault(username, username)))
        .toList();
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
