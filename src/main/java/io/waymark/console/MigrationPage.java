package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.migration.MigrationEngine;
import io.waymark.journey.migration.MigrationMembers;
import io.waymark.journey.migration.MigrationMembers.Failure;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationPlans;
import io.waymark.journey.migration.MigrationRuns;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.MigrationWork;
import io.waymark.journey.migration.MigrationWork.Group;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Role;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One migration: its map on two drawings, what it would do, the decision, and how far it is. */
@ConsolePage
class MigrationPage {

  private static final String AGAIN = "redirect:/journeys/{key}/migrations/{id}";

  private final MigrationPlans plans;
  private final MigrationRuns runs;
  private final MigrationWork work;
  private final MigrationMembers members;
  private final MigrationEngine engine;
  private final JourneyVersions versions;
  private final Customers customers;
  private final Words words;

  MigrationPage(
      MigrationPlans plans,
      MigrationRuns runs,
      MigrationWork work,
      MigrationMembers members,
      MigrationEngine engine,
      JourneyVersions versions,
      Customers customers,
      Words words) {
    this.plans = plans;
    this.runs = runs;
    this.work = work;
    this.members = members;
    this.engine = engine;
    this.versions = versions;
    this.customers = customers;
    this.words = words;
  }

  /**
   * One line of the map.
   *
   * @param to chosen node of the new version; null when there is none
   * @param choices nodes of the same kind in the new version
   * @param people customers who stand at it
   */
  public record MapLine(
      MigrationEngine.Node node,
      @Nullable String to,
      List<MigrationEngine.Node> choices,
      long people) {}

  /** A place where customers stand together, in words. */
  public record Place(String nodes, Group group) {}

  /** Somebody who could not be moved, with the customer's reference and words for the nodes. */
  public record Left(Failure failure, String ref, String nodes) {}

  @GetMapping("/journeys/{key}/migrations/{id}")
  String show(
      @PathVariable String key,
      @PathVariable long id,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    MigrationPlan plan = find(key, id);
    JourneyVersion from = versions.find(plan.fromVersionId()).orElseThrow();
    JourneyVersion to = versions.find(plan.toVersionId()).orElseThrow();
    boolean open =
        plan.status() == MigrationStatus.DRAFT || plan.status() == MigrationStatus.SUBMITTED;
    List<Group> groups = open ? work.preview(plan) : List.of();
    Map<String, String> names = engine.names(from);
    model.addAttribute("plan", plan);
    model.addAttribute("from", from);
    model.addAttribute("to", to);
    model.addAttribute("own", plan.author().equals(staff.username()));
    model.addAttribute("officer", staff.member().role() == Role.COMPLIANCE);
    model.addAttribute("mayPlan", MigrationsPage.mayPlan(staff));
    model.addAttribute("lines", lines(plan, from, to, groups));
    model.addAttribute(
        "places", groups.stream().map(one -> new Place(said(names, one.nodes()), one)).toList());
    model.addAttribute("stuck", stuck(groups));
    model.addAttribute("going", groups.stream().mapToLong(Group::people).sum() - stuck(groups));
    model.addAttribute(
        "problems", open ? engine.problems(from, to, plan.settings().map()) : List.of());
    model.addAttribute("startsAt", startsAt(plan));
    model.addAttribute(
        "timers",
        words.options("migration.timers", Stream.of(TimerChoice.values()).map(TimerChoice::code)));
    model.addAttribute(
        "overdues",
        words.options(
            "migration.overdue", Stream.of(OverdueChoice.values()).map(OverdueChoice::code)));
    if (!open) {
      progress(plan, page, names, staff, model);
    }
    return "migration";
  }

  private void progress(
      MigrationPlan plan, int page, Map<String, String> names, CurrentStaff staff, Model model) {
    MigrationMembers.Rest rest = members.rest(plan);
    model.addAttribute("rest", rest);
    model.addAttribute("waiting", Math.max(0, rest.inside() - rest.failed()));
    ListPage<Failure> found =
        ListPage.read(
            page, offset -> members.failures(plan.id(), staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(found.rows().stream().map(Failure::customerId).distinct().toList());
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(
                    one ->
                        new Left(
                            one, refs.getOrDefault(one.customerId(), ""), said(names, one.nodes())))
                .toList()));
  }

  private static String said(Map<String, String> names, List<String> nodes) {
    return nodes.isEmpty()
        ? "—"
        : String.join("、", nodes.stream().map(one -> names.getOrDefault(one, one)).toList());
  }

  private static long stuck(List<Group> groups) {
    return groups.stream().filter(one -> one.refusal() != null).mapToLong(Group::people).sum();
  }

  private static String startsAt(MigrationPlan plan) {
    return plan.settings().startsAt() == null
        ? ""
        : LocalDateTime.ofInstant(plan.settings().startsAt(), ExchangeCalendar.ZONE)
            .truncatedTo(ChronoUnit.MINUTES)
            .toString();
  }

  /** Where customers can stand first, the busiest in front; then what goes along. */
  private List<MapLine> lines(
      MigrationPlan plan, JourneyVersion from, JourneyVersion to, List<Group> groups) {
    Map<String, Long> people = new LinkedHashMap<>();
    groups.forEach(
        group -> group.nodes().forEach(node -> people.merge(node, group.people(), Long::sum)));
    List<MigrationEngine.Node> targets = engine.nodes(to);
    List<MapLine> lines = new ArrayList<>();
    for (MigrationEngine.Node node : engine.nodes(from)) {
      lines.add(
          new MapLine(
              node,
              plan.settings().map().get(node.id()),
              targets.stream().filter(one -> one.kind().equals(node.kind())).toList(),
              people.getOrDefault(node.id(), 0L)));
    }
    lines.sort(
        (one, other) ->
            one.node().waits() != other.node().waits()
                ? Boolean.compare(other.node().waits(), one.node().waits())
                : Long.compare(other.people(), one.people()));
    return lines;
  }

  private MigrationPlan find(String key, long id) {
    return plans
        .find(id)
        .filter(plan -> plan.journeyKey().equals(key))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @PostMapping("/journeys/{key}/migrations/{id}")
  String save(
      @PathVariable String key,
      @PathVariable long id,
      @RequestParam Map<String, String> fields,
      CurrentStaff staff,
      RedirectAttributes next) {
    boolean submit = "submit".equals(fields.get("act"));
    return act(
        key,
        id,
        submit ? "migration.submitted.done" : "migration.saved",
        next,
        () -> {
          MigrationPlan saved =
              plans.save(
                  id,
                  fields.getOrDefault("hash", ""),
                  new MigrationForm(fields).read(),
                  staff.username());
          if (submit) {
            plans.submit(id, saved.hash(), staff.username());
          }
        });
  }

  @PostMapping("/journeys/{key}/migrations/{id}/withdraw")
  String withdraw(
      @PathVariable String key,
      @PathVariable long id,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key, id, "migration.withdrawn.done", next, () -> plans.withdraw(id, staff.username()));
  }

  @PostMapping("/journeys/{key}/migrations/{id}/approve")
  String approve(
      @PathVariable String key,
      @PathVariable long id,
      @RequestParam String hash,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key, id, "migration.approved.done", next, () -> plans.approve(id, hash, staff.username()));
  }

  @PostMapping("/journeys/{key}/migrations/{id}/reject")
  String reject(
      @PathVariable String key,
      @PathVariable long id,
      @RequestParam String hash,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key, id, "migration.rejected.done", next, () -> plans.reject(id, hash, staff.username()));
  }

  @PostMapping("/journeys/{key}/migrations/{id}/stop")
  String stop(
      @PathVariable String key,
      @PathVariable long id,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(key, id, "migration.stopped.done", next, () -> runs.stop(id, staff.username()));
  }

  @PostMapping("/journeys/{key}/migrations/{id}/resume")
  String resume(
      @PathVariable String key,
      @PathVariable long id,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(key, id, "migration.resumed", next, () -> runs.resume(id, staff.username()));
  }

  @PostMapping("/journeys/{key}/migrations/{id}/give-up")
  String giveUp(
      @PathVariable String key,
      @PathVariable long id,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(key, id, "migration.given_up", next, () -> runs.giveUp(id, staff.username()));
  }

  @PostMapping("/journeys/{key}/migrations/{id}/retry")
  String retry(
      @PathVariable String key,
      @PathVariable long id,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(key, id, "migration.retried", next, () -> runs.retryFailed(id, staff.username()));
  }

  private String act(String key, long id, String said, RedirectAttributes next, Runnable act) {
    find(key, id);
    next.addAttribute("key", key);
    next.addAttribute("id", id);
    if (Attempt.made(next, JourneyRefusedException.class, act)) {
      next.addFlashAttribute("said", said);
    }
    return AGAIN;
  }
}
