package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.migration.MigrationEngine;
import io.waymark.journey.migration.MigrationMembers;
import io.waymark.journey.migration.MigrationMembers.Draining;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationPlans;
import io.waymark.platform.staff.Role;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who is still inside old versions of a journey, and the plans to bring them to another. */
@ConsolePage
class MigrationsPage {

  private static final Set<JourneyStatus> TARGETS =
      EnumSet.of(
          JourneyStatus.LIVE, JourneyStatus.PAUSED, JourneyStatus.APPROVED, JourneyStatus.SCHEDULED);

  private final JourneyVersions versions;
  private final MigrationPlans plans;
  private final MigrationMembers members;
  private final MigrationEngine engine;

  MigrationsPage(
      JourneyVersions versions,
      MigrationPlans plans,
      MigrationMembers members,
      MigrationEngine engine) {
    this.versions = versions;
    this.plans = plans;
    this.members = members;
    this.engine = engine;
  }

  /**
   * People at one node of an old version.
   *
   * @param retired whether the version new customers enter has no such node
   */
  public record Line(Draining people, String name, boolean retired) {}

  @GetMapping("/journeys/{key}/migrations")
  String list(@PathVariable String key, CurrentStaff staff, Model model) {
    List<JourneyVersion> known = versions.of(key);
    if (known.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    JourneyVersion current =
        known.stream()
            .filter(
                one -> one.status() == JourneyStatus.LIVE || one.status() == JourneyStatus.PAUSED)
            .findFirst()
            .orElse(known.get(0));
    model.addAttribute("key", key);
    model.addAttribute("name", current.name());
    model.addAttribute("current", current);
    model.addAttribute("lines", lines(known, current, staff));
    model.addAttribute("plans", plans.of(key));
    model.addAttribute("numbers", numbers(known));
    model.addAttribute(
        "sources", known.stream().filter(one -> one.status() != JourneyStatus.DRAFT).toList());
    model.addAttribute(
        "targets", known.stream().filter(one -> TARGETS.contains(one.status())).toList());
    model.addAttribute("mayPlan", mayPlan(staff));
    return "migrations";
  }

  private List<Line> lines(List<JourneyVersion> known, JourneyVersion current, CurrentStaff staff) {
    Map<Long, JourneyVersion> byId =
        known.stream().collect(Collectors.toMap(JourneyVersion::id, Function.identity()));
    Map<String, String> now = engine.names(current);
    Map<Long, Map<String, String>> names = new LinkedHashMap<>();
    return members.draining(current.key(), current.id(), staff.scope()).stream()
        .map(
            one ->
                new Line(
                    one,
                    names
                        .computeIfAbsent(one.versionId(), id -> engine.names(byId.get(id)))
                        .getOrDefault(one.node(), one.node()),
                    !now.containsKey(one.node())))
        .toList();
  }

  static Map<String, Integer> numbers(List<JourneyVersion> known) {
    return known.stream()
        .collect(Collectors.toMap(one -> Long.toString(one.id()), JourneyVersion::version));
  }

  static boolean mayPlan(CurrentStaff staff) {
    return staff.member().role() == Role.MARKETER || staff.member().role() == Role.OPERATOR;
  }

  @PostMapping("/journeys/{key}/migrations")
  String begin(
      @PathVariable String key,
      @RequestParam long from,
      @RequestParam long to,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addAttribute("key", key);
    try {
      MigrationPlan plan = plans.begin(from, to, staff.username());
      next.addAttribute("id", plan.id());
      return "redirect:/journeys/{key}/migrations/{id}";
    } catch (JourneyRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return "redirect:/journeys/{key}/migrations";
    }
  }
}
