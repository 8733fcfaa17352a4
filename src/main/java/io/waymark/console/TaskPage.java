package io.waymark.console;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.CustomerNotes;
import io.waymark.advisor.KeptAnswers;
import io.waymark.advisor.MoveReason;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkList;
import io.waymark.advisor.form.TaskField;
import io.waymark.advisor.form.TaskForm;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private static final int NOTES = 5;
  private static final int LONGEST_NOTE = 2000;

  private final WorkList work;
  private final AdvisorDesk desk;
  private final KeptAnswers kept;
  private final CustomerNotes apart;
  private final TaskMaterials materials;
  private final Advisors advisors;
  private final StaffDirectory directory;
  private final Customers customers;
  private final CustomerNames names;
  private final Addresses addresses;
  private final CustomerPage customerPage;
  private final History timeline;
  private final JourneyNames journeys;
  private final Words words;
  private final Moments moments;
  private final Clock clock;

  TaskPage(
      WorkList work,
      AdvisorDesk desk,
      KeptAnswers kept,
      CustomerNotes apart,
      TaskMaterials materials,
      Advisors advisors,
      StaffDirectory directory,
      Customers customers,
      CustomerNames names,
      Addresses addresses,
      CustomerPage customerPage,
      History timeline,
      JourneyNames journeys,
      Words words,
      Moments moments,
      Clock clock) {
    this.work = work;
    this.desk = desk;
    this.kept = kept;
    this.apart = apart;
    this.materials = materials;
    this.advisors = advisors;
    this.directory = directory;
    this.customers = customers;
    this.names = names;
    this.addresses = addresses;
    this.customerPage = customerPage;
    this.timeline = timeline;
    this.journeys = journeys;
    this.words = words;
    this.moments = moments;
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
    model.addAttribute("now", whyNow(task));
    asks(task, model);
    model.addAttribute("reasons", reasons());
    model.addAttribute("colleagues", mine || leads ? colleagues(task) : List.of());
    model.addAttribute("note", work.note(taskId, staff.scope()).orElse(""));
    model.addAttribute("answers", kept.of(taskId, staff.scope()));
    if (!model.containsAttribute("answered")) {
      model.addAttribute("answered", Map.of());
    }
    // Clear contact data only for whoever must call now: an open task in one's own hands.
    boolean calling = mine && task.status() == TaskStatus.OPEN;
    model.addAttribute("clearName", calling ? names.clear(customer.id()) : customer.maskedName());
    model.addAttribute(
        "mobile",
        calling
            ? addresses.of(List.of(customer.id()), Channel.SMS).getOrDefault(customer.id(), "")
            : "");
    if (calling) {
      model.addAttribute("talkTrack", materials.talkTrack(task));
      model.addAttribute("materials", materials.materials(task, customer));
      model.addAttribute("notes", work.notesOf(customer.id(), staff.scope(), NOTES));
      model.addAttribute(
          "customerNotes", apart.of(customer.id(), staff.username(), staff.scope(), NOTES));
    }
    model.addAttribute("forbidden", materials.forbidden());
    model.addAttribute("pack", materials.packVersion());
    customerPage.describe(customer, staff, model);
    Instant now = clock.instant();
    model.addAttribute(
        "days",
        customerPage.days(
            timeline.oldestFirst(customer.id(), now.minus(RECENT), now.plusMillis(1), null), ""));
    model.addAttribute("journeys", journeys.byKey());
    return "task";
  }

  /** The form's own words for the outcomes, as long as the form is there. */
  private void asks(AdvisorTask task, Model model) {
    TaskForm form = task.status() == TaskStatus.OPEN ? desk.form(task.taskId()) : TaskForm.NONE;
    model.addAttribute("guidance", form.guidance());
    model.addAttribute("further", form.further());
    model.addAttribute(
        "outcomes",
        form.outcomes().isEmpty()
            ? words.options("outcome", task.outcomes().stream().sorted())
            : form.outcomes().stream()
                .filter(one -> task.outcomes().contains(one.code()))
                .map(one -> new Option(one.code(), one.title()))
                .toList());
    Optional<TaskField> note = form.note();
    model.addAttribute("noteLongest", note.map(TaskField::longest).orElse(LONGEST_NOTE));
    model.addAttribute("noteRequired", note.map(TaskField::required).orElse(false));
    model.addAttribute(
        "noteHint",
        note.map(TaskField::hint)
            .filter(hint -> !hint.isEmpty())
            .orElse(words.of("task.note.hint")));
  }

  private String whyNow(AdvisorTask task) {
    Instant now = clock.instant();
    Instant callBack = task.course().callBackAt();
    if (task.escalatedAt() != null && task.status() == TaskStatus.OPEN) {
      return words.of("desk.now.escalated", Objects.requireNonNullElse(task.escalatedTo(), "—"));
    }
    if (callBack != null) {
      return words.of("desk.now.call", moments.minute(callBack));
    }
    if (task.overdue(now)) {
      return words.of("desk.now.overdue");
    }
    String due = moments.minute(task.dueAt());
    if (task.course().remindedAt() != null) {
      return words.of("desk.now.reminded", due);
    }
    return words.of(task.needs().urgency().equals("high") ? "desk.now.high" : "desk.now.due", due);
  }

  private static List<Option> reasons() {
    return Stream.of(MoveReason.values())
        .map(reason -> new Option(reason.code(), reason.title()))
        .toList();
  }

  @PostMapping("/tasks/{taskId}/complete")
  String complete(
      @PathVariable String taskId,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(defaultValue = "") String note,
      @RequestParam Map<String, String> all,
      CurrentStaff staff,
      RedirectAttributes next) {
    task(taskId, staff);
    Map<String, String> further = new HashMap<>(all);
    further.keySet().removeIf(key -> !key.startsWith(TaskField.PREFIX));
    try {
      if (outcome.isBlank()) {
        throw new TaskRefusedException("outcome", words.of("task.outcome.missing"));
      }
      desk.complete(
          taskId,
          outcome,
          note.strip(),
          further,
          staff.username(),
          EngineGroups.of(staff.member()));
    } catch (TaskRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("written", note);
      next.addFlashAttribute("answered", further);
      next.addFlashAttribute("chosen", outcome);
      next.addAttribute("task", taskId);
      return "redirect:/tasks/{task}";
    }
    next.addFlashAttribute("said", "task.completed");
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
