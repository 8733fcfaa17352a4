package io.waymark.console;

import io.waymark.compliance.impact.ImpactAssessment;
import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.compliance.impact.ImpactDraft;
import io.waymark.compliance.impact.ImpactRefusedException;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Role;
import io.waymark.segment.Audience;
import io.waymark.segment.Audiences;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Impact assessments on personal information, by audience. */
@ConsolePage
class ImpactPage {

  private final ImpactAssessments assessments;
  private final Audiences audiences;
  private final Words words;
  private final Moments moments;
  private final Clock clock;

  ImpactPage(
      ImpactAssessments assessments,
      Audiences audiences,
      Words words,
      Moments moments,
      Clock clock) {
    this.assessments = assessments;
    this.audiences = audiences;
    this.words = words;
    this.moments = moments;
    this.clock = clock;
  }

  @GetMapping("/impact")
  String list(@RequestParam(defaultValue = "0") int page, Model model) {
    Instant now = clock.instant();
    model.addAttribute(
        "page", ListPage.read(page, offset -> assessments.page(offset, ListPage.SIZE + 1)));
    List<Need> needs =
        audiences.all().stream()
            .filter(one -> !assessments.profile(one.code()).isEmpty())
            .map(
                one ->
                    new Need(
                        one.code(),
                        one.name(),
                        List.copyOf(assessments.profile(one.code())),
                        assessments.refusal(one.code(), now).isEmpty()))
            .toList();
    model.addAttribute("needs", needs);
    model.addAttribute("names", names());
    model.addAttribute("until", moments.today().plusYears(1));
    model.addAttribute("latest", moments.today().plusYears(3));
    model.addAttribute("now", now);
    return "impact";
  }

  @PostMapping("/impact")
  String propose(
      @RequestParam(defaultValue = "") String audience,
      @RequestParam(defaultValue = "") String scope,
      @RequestParam(defaultValue = "") String necessity,
      @RequestParam(defaultValue = "") String risk,
      @RequestParam(defaultValue = "") String measures,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate until,
      CurrentStaff staff,
      RedirectAttributes next) {
    try {
      if (until == null) {
        throw new ImpactRefusedException("validUntil", words.of("impact.until.missing"));
      }
      ImpactAssessment written =
          assessments.propose(
              new ImpactDraft(
                  audience,
                  scope,
                  necessity,
                  risk,
                  measures,
                  until.atStartOfDay(ExchangeCalendar.ZONE).toInstant()),
              staff.username());
      next.addAttribute("id", written.id());
      next.addFlashAttribute("said", "impact.proposed");
      return "redirect:/impact/{id}";
    } catch (ImpactRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return "redirect:/impact";
    }
  }

  @GetMapping("/impact/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    ImpactAssessment one =
        assessments.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    boolean own = staff.username().equalsIgnoreCase(one.author());
    model.addAttribute("one", one);
    model.addAttribute("names", names());
    model.addAttribute("own", own);
    model.addAttribute("valid", one.valid(clock.instant()));
    model.addAttribute("approvable", one.open() && officer && !own);
    model.addAttribute("rejectable", officer && (one.open() || one.valid(clock.instant())));
    return "impact-assessment";
  }

  @PostMapping("/impact/{id}/approve")
  String approve(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return decide(id, "impact.approved", next, () -> assessments.approve(id, staff.username()));
  }

  @PostMapping("/impact/{id}/reject")
  String reject(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return decide(
        id, "impact.rejected", next, () -> assessments.reject(id, reason, staff.username()));
  }

  private static String decide(long id, String said, RedirectAttributes next, Runnable act) {
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (ImpactRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("id", id);
    return "redirect:/impact/{id}";
  }

  private Map<String, String> names() {
    return audiences.all().stream().collect(Collectors.toMap(Audience::code, Audience::name));
  }

  /** An audience that profiles people, and whether a valid assessment covers it. */
  public record Need(String code, String name, List<String> profile, boolean covered) {}
}
