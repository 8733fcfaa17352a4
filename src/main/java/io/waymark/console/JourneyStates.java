package io.waymark.console;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.Places;
import io.waymark.journey.WaitingEnrolments;
import io.waymark.journey.publication.KillSwitch;
import io.waymark.journey.publication.Pauses;
import io.waymark.journey.publication.Rollout;
import io.waymark.journey.publication.Rollouts;
import io.waymark.journey.publication.VersionWatch;
import io.waymark.platform.staff.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * What a journey's page says about where a version stands, and what this person can do about it.
 */
@Component
class JourneyStates {

  private static final int MOST_ACTS = 30;
  private static final Set<Role> RUN = EnumSet.of(Role.MARKETER, Role.COMPLIANCE);

  private final Reviews reviews;
  private final Rollouts rollouts;
  private final VersionWatch watch;
  private final Pauses pauses;
  private final KillSwitch kill;
  private final WaitingEnrolments waiting;
  private final Places places;
  private final JourneyActs acts;
  private final Words words;

  JourneyStates(
      Reviews reviews,
      Rollouts rollouts,
      VersionWatch watch,
      Pauses pauses,
      KillSwitch kill,
      WaitingEnrolments waiting,
      Places places,
      JourneyActs acts,
      Words words) {
    this.reviews = reviews;
    this.rollouts = rollouts;
    this.watch = watch;
    this.pauses = pauses;
    this.kill = kill;
    this.waiting = waiting;
    this.places = places;
    this.acts = acts;
    this.words = words;
  }

  void show(JourneyVersion shown, List<JourneyVersion> known, CurrentStaff staff, Model model) {
    review(shown, known, staff, model);
    Rollout rollout = rollouts.of(shown.id()).orElse(null);
    model.addAttribute("rollout", rollout);
    boolean running =
        shown.status() == JourneyStatus.LIVE || shown.status() == JourneyStatus.PAUSED;
    model.addAttribute("running", running);
    if (running && rollout != null) {
      model.addAttribute("figures", watch.figures(shown.id(), rollout.watchedSince()));
    }
    if (running && (shown.settings().maxInside() != null || shown.settings().maxPerDay() != null)) {
      model.addAttribute("free", places.free(shown));
    }
    Map<String, Long> outside = waiting.counts(shown.key(), staff.scope());
    model.addAttribute("outside", outside);
    model.addAttribute("outsideAll", outside.values().stream().mapToLong(Long::longValue).sum());
    model.addAttribute("hold", running ? pauses.standing(shown.key()).orElse(null) : null);
    model.addAttribute("kill", kill.standing(shown.key()).orElse(null));
    model.addAttribute("me", staff.username());
    model.addAttribute("officer", staff.member().role() == Role.COMPLIANCE);
    model.addAttribute("mayRun", RUN.contains(staff.member().role()));
    model.addAttribute(
        "choices",
        words.options("overdue", Stream.of(OverdueChoice.values()).map(OverdueChoice::code)));
    model.addAttribute("acts", acts.of(shown.key(), MOST_ACTS));
    model.addAttribute(
        "stopped",
        shown.status() == JourneyStatus.PAUSED
            ? acts.last(shown).filter(act -> act.act().equals("auto_stopped")).orElse(null)
            : null);
    model.addAttribute(
        "unpublished",
        shown.status() == JourneyStatus.APPROVED
            ? acts.last(shown).filter(act -> act.act().equals("not_published")).orElse(null)
            : null);
  }

  private void review(
      JourneyVersion shown, List<JourneyVersion> known, CurrentStaff staff, Model model) {
    Review last = reviews.latest(SubjectKind.JOURNEY, Long.toString(shown.id())).orElse(null);
    model.addAttribute("review", last);
    model.addAttribute("draft", shown.status() == JourneyStatus.DRAFT);
    model.addAttribute("own", shown.author().equals(staff.username()));
    model.addAttribute(
        "submittable",
        shown.status() == JourneyStatus.DRAFT
            && shown.id() == known.get(0).id()
            && staff.member().role() != Role.OPERATOR
            && (last == null || !last.status().running()));
  }
}
