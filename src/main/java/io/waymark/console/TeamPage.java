package io.waymark.console;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.MoveReason;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkFilter;
import io.waymark.advisor.WorkFilter.View;
import io.waymark.advisor.WorkList;
import io.waymark.advisor.absence.Absence;
import io.waymark.advisor.absence.AbsenceDays;
import io.waymark.advisor.absence.Absences;
import io.waymark.console.security.CurrentStaff;
import io.waymark.insight.AdvisorFigures;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * An advisor's team: who is away when, and for its leader what everybody has in hand and the giving
 * of tasks from one to another.
 */
@ConsolePage
class TeamPage {

  private static final int MOST = 100;

  private final Advisors advisors;
  private final AdvisorFigures figures;
  private final TeamCampaigns campaigns;
  private final Absences absences;
  private final WorkList work;
  private final TaskRouting routing;
  private final Words words;
  private final Moments moments;
  private final Clock clock;

  TeamPage(
      Advisors advisors,
      AdvisorFigures figures,
      TeamCampaigns campaigns,
      Absences absences,
      WorkList work,
      TaskRouting routing,
      Words words,
      Moments moments,
      Clock clock) {
    this.advisors = advisors;
    this.figures = figures;
    this.campaigns = campaigns;
    this.absences = absences;
    this.work = work;
    this.routing = routing;
    this.words = words;
    this.moments = moments;
    this.clock = clock;
  }

  /**
   * One absence with what the reader may do to it.
   *
   * @param from first day, and noon where it begins then
   * @param to last day, and noon where it ends then
   */
  public record Away(
      Absence absence,
      String name,
      String from,
      String to,
      boolean approvable,
      boolean withdrawable) {}

  @GetMapping("/team")
  String show(
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "false") boolean overdue,
      CurrentStaff staff,
      Model model) {
    Optional<AdvisorProfile> me = advisors.find(staff.username());
    boolean leads = me.map(AdvisorProfile::leader).orElse(false);
    String branch = me.map(AdvisorProfile::branch).orElse(staff.member().branch());
    Instant now = clock.instant();
    List<AdvisorFigures.Line> people = figures.of(BranchScope.of(branch), now);
    Map<String, String> names =
        people.stream()
            .collect(Collectors.toMap(AdvisorFigures.Line::username, AdvisorFigures.Line::name));
    List<Absence> away = absences.ofBranch(branch, now);
    model.addAttribute("leads", leads);
    model.addAttribute("names", names);
    model.addAttribute("today", moments.today().toString());
    model.addAttribute("person", staff.username());
    model.addAttribute("absentNow", absentNow(away, now));
    model.addAttribute(
        "absences",
        away.stream()
            .filter(one -> leads || one.username().equals(staff.username()) || one.counts())
            .map(one -> away(one, names, staff, leads))
            .toList());
    model.addAttribute(
        "people",
        people.stream()
            .filter(one -> leads || one.username().equals(staff.username()))
            .map(one -> new Option(one.username(), one.name()))
            .toList());
    if (leads) {
      describe(people, branch, page, overdue, staff, model);
    }
    return "team";
  }

  private void describe(
      List<AdvisorFigures.Line> people,
      String branch,
      int page,
      boolean overdue,
      CurrentStaff staff,
      Model model) {
    var filter = new WorkFilter(View.BRANCH, TaskStatus.OPEN, overdue, null, null);
    BranchScope scope = BranchScope.of(branch);
    ListPage<AdvisorTask> found =
        ListPage.read(
            page,
            offset ->
                work.page(
                    staff.username(), filter, scope, clock.instant(), offset, ListPage.SIZE + 1));
    model.addAttribute("figures", people);
    model.addAttribute("campaigns", campaigns.of(scope));
    model.addAttribute("page", found);
    model.addAttribute("overdue", overdue);
    model.addAttribute(
        "waiting",
        work.count(
            staff.username(),
            new WorkFilter(View.WAITING, TaskStatus.OPEN, false, null, null),
            scope,
            clock.instant()));
  }

  @PostMapping("/team/reassign")
  String reassign(
      @RequestParam(defaultValue = "") List<String> task,
      @RequestParam(defaultValue = "") String to,
      CurrentStaff staff,
      RedirectAttributes next) {
    if (task.isEmpty() || task.size() > MOST || to.isBlank()) {
      next.addFlashAttribute("refused", words.of("team.reassign.choose", MOST));
      return "redirect:/team";
    }
    List<String> problems = new ArrayList<>();
    for (String one : task) {
      try {
        // The statement itself asks whether the actor leads the task's branch.
        routing.handOver(one, to, staff.username(), MoveReason.BY_LEADER);
      } catch (TaskRefusedException refused) {
        problems.add(refused.getMessage());
      }
    }
    next.addFlashAttribute("moved", task.size() - problems.size());
    next.addFlashAttribute("problems", problems.stream().distinct().toList());
    return "redirect:/team";
  }

  @PostMapping("/team/absences")
  String enter(
      @RequestParam(defaultValue = "") String username,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "morning") String fromHalf,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "evening") String toHalf,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        next,
        () -> {
          AbsenceDays days =
              new AbsenceDays(day(from), fromHalf.equals("noon"), day(to), toHalf.equals("noon"));
          Absence entered = absences.enter(username, days, staff.username());
          next.addFlashAttribute(
              "said", entered.waits() ? "team.absence.entered" : "team.absence.approved");
        });
  }

  @PostMapping("/team/absences/{id}/approve")
  String approve(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return act(
        next,
        () -> {
          absences.approve(id, staff.username());
          next.addFlashAttribute("said", "team.absence.approved");
        });
  }

  @PostMapping("/team/absences/{id}/withdraw")
  String withdraw(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return act(
        next,
        () -> {
          absences.withdraw(id, staff.username());
          next.addFlashAttribute("said", "team.absence.withdrawn");
        });
  }

  private static String act(RedirectAttributes next, Runnable act) {
    try {
      act.run();
    } catch (TaskRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/team";
  }

  private LocalDate day(String day) {
    try {
      return LocalDate.parse(day);
    } catch (DateTimeParseException unreadable) {
      throw new TaskRefusedException("absence", words.of("team.absence.missing"));
    }
  }

  private static Map<String, Boolean> absentNow(List<Absence> absences, Instant now) {
    return absences.stream()
        .filter(one -> one.counts() && !one.from().isAfter(now))
        .map(Absence::username)
        .distinct()
        .collect(Collectors.toMap(Function.identity(), name -> true));
  }

  private String half(Instant edge, boolean end) {
    ZonedDateTime at = edge.atZone(ExchangeCalendar.ZONE);
    boolean noon = at.getHour() != 0;
    LocalDate day = end && !noon ? at.toLocalDate().minusDays(1) : at.toLocalDate();
    return noon ? words.of("team.absence.noon", day) : day.toString();
  }

  private Away away(Absence absence, Map<String, String> names, CurrentStaff staff, boolean leads) {
    boolean own = absence.username().equals(staff.username());
    return new Away(
        absence,
        names.getOrDefault(absence.username(), absence.username()),
        half(absence.from(), false),
        half(absence.to(), true),
        leads && !own && absence.waits(),
        leads || own);
  }
}
