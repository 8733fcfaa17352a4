package io.waymark.console;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateRefusedException;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

/** The message templates: what is written, what the machine found in it, and who decided. */
@ConsolePage
class TemplatesPage {

  private static final int LONGEST_REASON = 200;

  private final Templates templates;
  private final TemplateReview review;
  private final Reviews reviews;
  private final Words words;

  TemplatesPage(Templates templates, TemplateReview review, Reviews reviews, Words words) {
    this.templates = templates;
    this.review = review;
    this.reviews = reviews;
    this.words = words;
  }

  @GetMapping("/templates")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String channel,
      @RequestParam(defaultValue = "") String purpose,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    var filter =
        new TemplateFilter(
            named(TemplateStatus.values(), TemplateStatus::code, status),
            named(Channel.values(), Channel::code, channel),
            named(Purpose.values(), Purpose::code, purpose),
            q.isBlank() ? null : q.strip());
    model.addAttribute(
        "page", ListPage.read(page, offset -> templates.page(filter, offset, ListPage.SIZE + 1)));
    model.addAttribute("total", templates.count(filter));
    model.addAttribute("q", q);
    model.addAttribute("status", status);
    model.addAttribute("channel", channel);
    model.addAttribute("purpose", purpose);
    model.addAttribute("channels", words.channels());
    model.addAttribute(
        "statuses",
        words.options(
            "template.status", Stream.of(TemplateStatus.values()).map(TemplateStatus::code)));
    model.addAttribute(
        "purposes", words.options("purpose", Stream.of(Purpose.values()).map(Purpose::code)));
    model.addAttribute("marketer", staff.member().role() == Role.MARKETER);
    return "templates";
  }

  @GetMapping("/templates/{code}")
  String show(
      @PathVariable String code,
      @RequestParam(required = false) @Nullable Integer version,
      CurrentStaff staff,
      Model model) {
    List<TemplateVersion> known = templates.versionsOf(code);
    TemplateVersion shown = shown(known, version).orElseThrow(TemplatesPage::missing);
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    boolean open =
        shown.status() == TemplateStatus.DRAFT || shown.status() == TemplateStatus.IN_REVIEW;
    model.addAttribute("versions", known);
    model.addAttribute("shown", shown);
    model.addAttribute("open", open);
    model.addAttribute("marketer", staff.member().role() == Role.MARKETER);
    Review last = reviews.latest(SubjectKind.TEMPLATE, Long.toString(shown.id())).orElse(null);
    model.addAttribute("review", last);
    model.addAttribute("newest", shown.id() == known.get(0).id());
    model.addAttribute(
        "submittable",
        open && shown.id() == known.get(0).id() && (last == null || !last.status().running()));
    model.addAttribute("withdrawable", officer && shown.status() != TemplateStatus.WITHDRAWN);
    model.addAttribute("readings", review.readings(shown.metadata(), shown.source()));
    return "template";
  }

  @PostMapping("/templates/{code}/{version}/submit")
  String submit(
      @PathVariable String code,
      @PathVariable int version,
      CurrentStaff staff,
      RedirectAttributes next) {
    TemplateVersion one = shown(templates.versionsOf(code), version).orElseThrow(() -> missing());
    try {
      Review review =
          reviews.submit(SubjectKind.TEMPLATE, Long.toString(one.id()), staff.username());
      next.addFlashAttribute("said", review.status().running() ? "review.submitted" : null);
      next.addAttribute("id", review.id());
      return "redirect:/reviews/{id}";
    } catch (ReviewRefusedException refused) {
      return refuse(one, refused.getMessage(), next);
    }
  }

  @PostMapping("/templates/{code}/{version}/withdraw")
  String withdraw(
      @PathVariable String code,
      @PathVariable int version,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    TemplateVersion one = shown(templates.versionsOf(code), version).orElseThrow(() -> missing());
    if (reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
      return refuse(one, words.of("template.reason.missing", LONGEST_REASON), next);
    }
    return decide(
        one,
        "template.withdrawn.done",
        () -> templates.withdraw(one.id(), staff.username(), reason.strip()),
        next);
  }

  private static String decide(
      TemplateVersion one, String done, Runnable decision, RedirectAttributes next) {
    try {
      decision.run();
      next.addFlashAttribute("said", done);
      return back(one, next);
    } catch (TemplateRefusedException refused) {
      return refuse(one, refused.getMessage(), next);
    }
  }

  private static String refuse(TemplateVersion one, String sentence, RedirectAttributes next) {
    next.addFlashAttribute("refused", sentence);
    return back(one, next);
  }

  private static String back(TemplateVersion one, RedirectAttributes next) {
    next.addAttribute("code", one.code());
    next.addAttribute("version", one.version());
    return "redirect:/templates/{code}";
  }

  /** The version asked for; else the newest. */
  private static Optional<TemplateVersion> shown(
      List<TemplateVersion> known, @Nullable Integer version) {
    return known.stream().filter(one -> version == null || one.version() == version).findFirst();
  }

  private static <T> @Nullable T named(T[] all, Function<T, String> code, String wanted) {
    return Stream.of(all).filter(one -> code.apply(one).equals(wanted)).findFirst().orElse(null);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
