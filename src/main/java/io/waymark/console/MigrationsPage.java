package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.journey.HeldTimers;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueTimer;
import io.waymark.journey.OverdueTimers;
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
import java.util.stream.Stream;
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
          JourneyStatus.LIVE,
          JourneyStatus.PAUSED,
          JourneyStatus.APPROVED,
          JourneyStatus.SCHEDULED);

  private final JourneyVersions versions;
  private final MigrationPlans plans;
  private final MigrationMembers members;
  private final MigrationEngine engine;
  private final OverdueTimers timers;
  private final HeldTimers held;
  private final Customers customers;
  private final Words words;

  MigrationsPage(
      JourneyVersions versions,
      MigrationPlans plans,
      MigrationMembers members,
      MigrationEngine engine,
      OverdueTimers timers,
      HeldTimers held,
      Customers customers,
      Words words) {
    this.versions = versions;
    this.plans = plans;
    this.members = members;
    this.engine = engine;
    this.timers = timers;
    this.held = held;
    this.customers = customers;
    this.words = words;
  }

  /**
   * People at one node of an old version.
   *
   * @param retired whether the version new customers enter has no such node
   */
  public record Line(Draining people, String name, boolean retired) {}

  /** A held timer, its places in words and the customer's reference. */
  public record Held(OverdueTimer timer, String ref, String node, String name) {}

  @GetMapping("/journeys/{key}/migrations")
  String list(
      @PathVariable String key,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
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
    model.addAttribute("page", held(known, page, staff));
    model.addAttribute("numbers", numbers(known));
    model.addAttribute(
        "sources", known.stream().filter(one -> one.status() != JourneyStatus.DRAFT).toList());
    model.addAttribute(
        "targets", known.stream().filter(one -> TARGETS.contains(one.status())).toList());
    model.addAttribute("mayPlan", mayPlan(staff));
    model.addAttribute(
        "decisions",
        words.options(
            "migrations.held",
            Stream.of(HeldTimers.Decision.values()).map(HeldTimers.Decision::code)));
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

  private ListPage<Held> held(List<JourneyVersion> known, int page, CurrentStaff staff) {
    ListPage<OverdueTimer> found =
        ListPage.read(
            page,
            offset -> timers.held(known.get(0).key(), staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(found.rows().stream().map(OverdueTimer::customerId).distinct().toList());
    Map<Long, Map<String, String>> names =
        known.stream()
            .filter(
                version ->
                    found.rows().stream().anyMatch(one -> one.journeyVersionId() == version.id()))
            .collect(Collectors.toMap(JourneyVersion::id, engine::names));
    return found.with(
        found.rows().stream()
            .map(
                one ->
                    new Held(
                        one,
                        refs.getOrDefault(one.customerId(), ""),
                        names
                            .getOrDefault(one.journeyVersionId(), Map.of())
                            .getOrDefault(one.node(), one.node()),
                        names
                            .getOrDefault(one.journeyVersionId(), Map.of())
                            .getOrDefault(one.timer(), one.timer())))
            .toList());
  }

  @PostMapping("/journeys/{key}/migrations/timers")
  String decide(
      @PathVariable String key,
      @RequestParam(name = "participation", defaultValue = "") List<Long> chosen,
      @RequestParam HeldTimers.Decision choice,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addAttribute("key", key);
    try {
      HeldTimers.Outcome outcome = held.decide(key, chosen, choice, reason, staff.username());
      next.addFlashAttribute("decided", outcome);
    } catch (JourneyRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/journeys/{key}/migrations";
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
