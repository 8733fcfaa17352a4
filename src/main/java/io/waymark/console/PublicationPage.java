package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.publication.KillSwitch;
import io.waymark.journey.publication.Meanwhile;
import io.waymark.journey.publication.Pauses;
import io.waymark.journey.publication.Publications;
import io.waymark.journey.publication.Rollouts;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person does with an approved version: publish, ramp up, pause, stop, end. */
@ConsolePage
class PublicationPage {

  private static final PublicationForm USUAL =
      new PublicationForm("now", "09:30", "", "1, 10, 100", "24", "50", "50", "1", "5");

  private final JourneyVersions versions;
  private final Publications publications;
  private final Rollouts rollouts;
  private final Pauses pauses;
  private final KillSwitch kill;
  private final ExchangeCalendar calendar;
  private final Clock clock;

  PublicationPage(
      JourneyVersions versions,
      Publications publications,
      Rollouts rollouts,
      Pauses pauses,
      KillSwitch kill,
      ExchangeCalendar calendar,
      Clock clock) {
    this.versions = versions;
    this.publications = publications;
    this.rollouts = rollouts;
    this.pauses = pauses;
    this.kill = kill;
    this.calendar = calendar;
    this.clock = clock;
  }

  @GetMapping("/journeys/{key}/{version}/publish")
  String form(@PathVariable String key, @PathVariable int version, Model model) {
    JourneyVersion shown = find(key, version);
    model.addAttribute("shown", shown);
    model.addAttribute("before", undecided(shown));
    model.addAttribute("replaces", versions.running(key).orElse(null));
    if (!model.containsAttribute("form")) {
      model.addAttribute("form", USUAL);
    }
    model.addAttribute(
        "reasons", undecided(shown) ? List.of() : publications.reasonsAgainst(shown));
    return "publish";
  }

  private static boolean undecided(JourneyVersion version) {
    return version.status() == JourneyStatus.DRAFT || version.status() == JourneyStatus.IN_REVIEW;
  }

  @PostMapping("/journeys/{key}/{version}/publish")
  String publish(
      @PathVariable String key,
      @PathVariable int version,
      @ModelAttribute PublicationForm form,
      CurrentStaff staff,
      RedirectAttributes next) {
    JourneyVersion one = find(key, version);
    try {
      Optional<Instant> moment = form.moment(calendar, clock.instant());
      String said;
      if (undecided(one)) {
        publications.onApproval(one.id(), moment.orElse(null), form.plan(), staff.username());
        said = "publish.on_approval.done";
      } else if (moment.isPresent()) {
        publications.schedule(one.id(), moment.get(), form.plan(), staff.username());
        said = "publish.scheduled.done";
      } else {
        publications.publish(one.id(), form.plan(), staff.username());
        said = "publish.done";
      }
      next.addFlashAttribute("said", said);
      return to(key, version, next);
    } catch (JourneyRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("form", form);
      next.addAttribute("key", key);
      next.addAttribute("version", version);
      return "redirect:/journeys/{key}/{version}/publish";
    }
  }

  @PostMapping("/journeys/{key}/{version}/unschedule")
  String unschedule(
      @PathVariable String key,
      @PathVariable int version,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key,
        version,
        "publish.unscheduled",
        next,
        one -> publications.unschedule(one, staff.username()));
  }

  @PostMapping("/journeys/{key}/{version}/withdraw")
  String withdraw(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key,
        version,
        "publish.withdrawn",
        next,
        one -> publications.withdraw(one, reason, staff.username()));
  }

  @PostMapping("/journeys/{key}/{version}/end")
  String end(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key,
        version,
        "publish.ended",
        next,
        one -> publications.end(one, reason, staff.username()));
  }

  @PostMapping("/journeys/{key}/{version}/raise")
  String raise(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam int stage,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key, version, "publish.raised", next, one -> rollouts.raise(one, stage, staff.username()));
  }

  @PostMapping("/journeys/{key}/{version}/pause")
  String pause(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "entry") String choice,
      @RequestParam(required = false) @Nullable Integer hours,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key,
        version,
        "journey.paused.done",
        next,
        one -> pauses.pause(one, meanwhile(choice, hours), reason, staff.username()));
  }

  @PostMapping("/journeys/{key}/{version}/resume")
  String resume(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam(defaultValue = "entry") String choice,
      @RequestParam(required = false) @Nullable Integer hours,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key,
        version,
        "journey.resumed",
        next,
        one -> pauses.resume(one, meanwhile(choice, hours), staff.username()));
  }

  private static @Nullable Meanwhile meanwhile(String choice, @Nullable Integer hours) {
    if (choice.equals("entry")) {
      return null;
    }
    try {
      OverdueChoice chosen = OverdueChoice.of(choice);
      return new Meanwhile(chosen, chosen == OverdueChoice.SPREAD ? hours : null);
    } catch (IllegalArgumentException unknown) {
      throw new JourneyRefusedException("choice_missing", "请选择期间到期的步骤怎么处理。");
    }
  }

  @PostMapping("/journeys/{key}/{version}/kill")
  String stop(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key, version, "publish.killed", next, one -> kill.stop(key, reason, staff.username()));
  }

  @PostMapping("/journeys/{key}/{version}/kill/lift")
  String proposeLift(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key,
        version,
        "publish.lift.proposed",
        next,
        one -> kill.proposeLift(key, reason, staff.username()));
  }

  @PostMapping("/journeys/{key}/{version}/kill/confirm")
  String confirmLift(
      @PathVariable String key,
      @PathVariable int version,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        key,
        version,
        "publish.lift.confirmed",
        next,
        one -> kill.confirmLift(key, staff.username()));
  }

  private String act(
      String key, int version, String said, RedirectAttributes next, Consumer<Long> act) {
    JourneyVersion one = find(key, version);
    if (Attempt.made(next, JourneyRefusedException.class, () -> act.accept(one.id()))) {
      next.addFlashAttribute("said", said);
    }
    return to(key, version, next);
  }

  private static String to(String key, int version, RedirectAttributes next) {
    next.addAttribute("key", key);
    next.addAttribute("version", version);
    return "redirect:/journeys/{key}";
  }

  private JourneyVersion find(String key, int version) {
    return versions.of(key).stream()
        .filter(one -> one.version() == version)
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
