package io.waymark.console;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.campaign.Campaign;
import io.waymark.advisor.campaign.CampaignTerms;
import io.waymark.advisor.campaign.Campaigns;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.WithheldReason;
import io.waymark.engine.campaign.CampaignDesk;
import io.waymark.engine.campaign.CampaignState;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.insight.CampaignFigures;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.drawing.DrawingRefusedException;
import io.waymark.platform.staff.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Campaigns of tasks: writing one, handing it in, and how far it is. */
@ConsolePage
class CampaignsPage {

  private static final String ONE = "redirect:/campaigns/{id}";
  private static final int DAYS = 10;

  private final Campaigns campaigns;
  private final CampaignDesk desk;
  private final CampaignFigures figures;
  private final CampaignChoices choices;
  private final Reviews reviews;
  private final Moments moments;

  CampaignsPage(
      Campaigns campaigns,
      CampaignDesk desk,
      CampaignFigures figures,
      CampaignChoices choices,
      Reviews reviews,
      Moments moments) {
    this.campaigns = campaigns;
    this.desk = desk;
    this.figures = figures;
    this.choices = choices;
    this.reviews = reviews;
    this.moments = moments;
  }

  /** One line of the list. */
  public record Row(Campaign campaign, CampaignState state, CampaignFigures.Line figures) {}

  @GetMapping("/campaigns")
  String list(@RequestParam(defaultValue = "0") int page, CurrentStaff staff, Model model) {
    ListPage<Campaign> found =
        ListPage.read(page, offset -> campaigns.page(offset, ListPage.SIZE + 1));
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(
                    one ->
                        new Row(
                            one,
                            desk.state(one),
                            CampaignFigures.total(figures.of(one.journeyKey(), staff.scope()))))
                .toList()));
    model.addAttribute("writes", writes(staff));
    return "campaigns";
  }

  @GetMapping("/campaigns/new")
  String begin(CurrentStaff staff, Model model) {
    requireWriter(staff);
    return editor(null, CampaignForm.blank(moments.today()), model);
  }

  @GetMapping("/campaigns/{id}/edit")
  String edit(@PathVariable long id, CurrentStaff staff, Model model) {
    requireWriter(staff);
    Campaign campaign = require(id);
    return editor(campaign, CampaignForm.of(campaign.terms()), model);
  }

  @PostMapping("/campaigns")
  String create(
      @ModelAttribute CampaignForm form, CurrentStaff staff, Model model, RedirectAttributes next) {
    requireWriter(staff);
    try {
      next.addAttribute("id", campaigns.create(terms(form), staff.username()));
    } catch (TaskRefusedException refused) {
      model.addAttribute("refused", refused.getMessage());
      return editor(null, form, model);
    }
    next.addFlashAttribute("said", "campaign.saved");
    return ONE;
  }

  @PostMapping("/campaigns/{id}")
  String change(
      @PathVariable long id,
      @ModelAttribute CampaignForm form,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    requireWriter(staff);
    Campaign campaign = require(id);
    try {
      campaigns.change(id, terms(form), staff.username());
    } catch (TaskRefusedException refused) {
      model.addAttribute("refused", refused.getMessage());
      return editor(campaign, form, model);
    }
    next.addFlashAttribute("said", "campaign.saved");
    next.addAttribute("id", id);
    return ONE;
  }

  private CampaignTerms terms(CampaignForm form) {
    return form.terms(choices.purposeOf(form.talkTrack() == null ? "" : form.talkTrack()));
  }

  private String editor(@Nullable Campaign campaign, CampaignForm form, Model model) {
    model.addAttribute("campaign", campaign);
    model.addAttribute("form", form);
    model.addAttribute("chosen", form.materials() == null ? List.of() : form.materials());
    choices.describe(model);
    return "campaign-edit";
  }

  @GetMapping("/campaigns/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    Campaign campaign = require(id);
    CampaignState state = desk.state(campaign);
    List<CampaignFigures.Line> lines = figures.of(campaign.journeyKey(), staff.scope());
    model.addAttribute("campaign", campaign);
    model.addAttribute("state", state);
    model.addAttribute("version", desk.version(campaign).orElse(null));
    model.addAttribute("review", review(campaign).orElse(null));
    model.addAttribute("lines", lines);
    model.addAttribute("total", CampaignFigures.total(lines));
    model.addAttribute("outcomes", figures.outcomes(campaign.journeyKey(), staff.scope()));
    model.addAttribute("withheld", withheld(campaign, staff));
    model.addAttribute("days", figures.days(id, staff.scope(), DAYS));
    model.addAttribute("writes", writes(staff));
    model.addAttribute("names", choices.names(campaign.terms()));
    return "campaign";
  }

  /** The gate's reasons in words, those of one sentence together. */
  private Map<String, Long> withheld(Campaign campaign, CurrentStaff staff) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    figures
        .withheld(campaign.journeyKey(), staff.scope())
        .forEach(
            one -> reasons.merge(WithheldReason.of(one.code()).message(), one.count(), Long::sum));
    return reasons;
  }

  private Optional<Review> review(Campaign campaign) {
    return Optional.ofNullable(campaign.version())
        .flatMap(version -> reviews.latest(SubjectKind.JOURNEY, Long.toString(version)));
  }

  @PostMapping("/campaigns/{id}/submit")
  String submit(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    requireWriter(staff);
    return act(id, next, "campaign.submitted", () -> desk.submit(id, staff.member()));
  }

  @PostMapping("/campaigns/{id}/reopen")
  String reopen(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    requireWriter(staff);
    return act(id, next, "campaign.reopened", () -> desk.reopen(id, staff.member()));
  }

  @PostMapping("/campaigns/{id}/pause")
  String pause(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(id, next, "campaign.paused", () -> desk.pause(id, reason, staff.username()));
  }

  @PostMapping("/campaigns/{id}/resume")
  String resume(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return act(id, next, "campaign.resumed", () -> desk.resume(id, staff.username()));
  }

  @PostMapping("/campaigns/{id}/stop")
  String stop(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(id, next, "campaign.stopped", () -> desk.stop(id, reason, staff.username()));
  }

  private String act(long id, RedirectAttributes next, String said, Runnable act) {
    require(id);
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (TaskRefusedException
        | ReviewRefusedException
        | DrawingRefusedException
        | DeploymentRefusedException
        | JourneyRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("id", id);
    return ONE;
  }

  private Campaign require(long id) {
    return campaigns.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static boolean writes(CurrentStaff staff) {
    return staff.member().role() == Role.MARKETER;
  }

  private static void requireWriter(CurrentStaff staff) {
    if (!writes(staff)) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN);
    }
  }
}
