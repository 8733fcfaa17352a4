package io.waymark.console;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.ReviewStage;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.journey.JourneyInWords;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.suitability.SuitabilityPolicyKind;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

/** One review: what the machine found, what changed, who decided, and the decision itself. */
@ConsolePage
class ReviewPage {

  /** House policy: beyond this an approval would outlive the rules it was given under. */
  private static final int LONGEST_YEARS = 3;

  private final Reviews reviews;
  private final Templates templates;
  private final TemplateReview readings;
  private final JourneyVersions journeys;
  private final JourneyInWords inWords;
  private final StaffDirectory staff;
  private final Words words;
  private final Moments moments;

  ReviewPage(
      Reviews reviews,
      Templates templates,
      TemplateReview readings,
      JourneyVersions journeys,
      JourneyInWords inWords,
      StaffDirectory staff,
      Words words,
      Moments moments) {
    this.reviews = reviews;
    this.templates = templates;
    this.readings = readings;
    this.journeys = journeys;
    this.inWords = inWords;
    this.staff = staff;
    this.words = words;
    this.moments = moments;
  }

  @GetMapping("/reviews/{id}")
  String show(@PathVariable long id, CurrentStaff reader, Model model) {
    Review review = one(id, reader);
    model.addAttribute("review", review);
    model.addAttribute("decidable", reviews.mayDecide(review, reader.member()));
    model.addAttribute("involved", review.involves(reader.username()));
    boolean own =
        Stream.of(review.author(), review.submittedBy())
            .anyMatch(reader.username()::equalsIgnoreCase);
    model.addAttribute("own", own);
    model.addAttribute(
        "last",
        review.kind().approvalEnds()
            && (review.status() == ReviewStatus.OFFICER || review.officerReasons().isEmpty()));
    model.addAttribute("until", moments.today().plusYears(1));
    model.addAttribute("earliest", moments.today().plusDays(1));
    model.addAttribute("latest", moments.today().plusYears(LONGEST_YEARS));
    model.addAttribute("history", reviews.history(id));
    model.addAttribute("names", names(review));
    model.addAttribute("place", place(review));
    template(review).ifPresent(version -> template(version, model));
    if (review.kind() == SubjectKind.JOURNEY) {
      journeys
          .find(Long.parseLong(review.subjectId()))
          .ifPresent(version -> model.addAttribute("words", inWords.of(version)));
    }
    Optional<Review> before = reviews.approvedBefore(review);
    model.addAttribute("before", before.orElse(null));
    if (before.isEmpty() && review.kind() == SubjectKind.JOURNEY) {
      model.addAttribute("spoken", reviews.lines(review).stream().distinct().toList());
    }
    model.addAttribute(
        "changes",
        before
            .map(earlier -> Comparison.of(reviews.lines(earlier), reviews.lines(review)))
            .orElse(List.of()));
    reviews
        .inForce(review)
        .ifPresent(
            active -> {
              model.addAttribute("against", active.version());
              model.addAttribute(
                  "lines",
                  LineDiff.of(
                      String.join("\n", active.lines()), String.join("\n", reviews.lines(review))));
            });
    return "review";
  }

  private void template(TemplateVersion version, Model model) {
    model.addAttribute("template", version);
    model.addAttribute("meta", version.metadata());
    model.addAttribute("readings", readings.readings(version.metadata(), version.source()));
    model.addAttribute("written", readings.written(version.metadata(), version.source()));
  }

  private Optional<TemplateVersion> template(Review review) {
    return review.kind() == SubjectKind.TEMPLATE
        ? templates.find(Long.parseLong(review.subjectId()))
        : Optional.empty();
  }

  /** Names of everybody who appears, by user name. */
  private Map<String, String> names(Review review) {
    Map<String, String> names = new HashMap<>();
    Stream.concat(
            Stream.of(review.author(), review.submittedBy()),
            reviews.history(review.id()).stream().map(act -> act.actor()))
        .distinct()
        .forEach(
            username ->
                names.put(username, staff.find(username).map(StaffMember::name).orElse(username)));
    names.put("waymark", words.of("brand.name"));
    names.put("folder", words.of("review.folder"));
    return names;
  }

  /** Where the content itself is shown. */
  private static String place(Review review) {
    return switch (review.kind()) {
      case TEMPLATE -> "/templates/" + review.code() + "?version=" + review.version();
      case JOURNEY -> "/journeys/" + review.code() + "?version=" + review.version();
      case RULE_PACK -> "/rules/packs/" + review.version();
      case POLICY ->
          review.code().equals(SuitabilityPolicyKind.CODE)
              ? "/suitability/versions/" + review.version()
              : "/policies/" + review.code() + "/" + review.version();
    };
  }

  /**
   * Decides.
   *
   * @param until the last day (Asia/Shanghai) an approval holds
   */
  @PostMapping("/reviews/{id}/decide")
  String decide(
      @PathVariable long id,
      @RequestParam String hash,
      @RequestParam String outcome,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate until,
      CurrentStaff reader,
      RedirectAttributes next) {
    Review review = one(id, reader);
    boolean agree = outcome.equals("agree");
    if (until != null && until.isAfter(moments.today().plusYears(LONGEST_YEARS))) {
      return refuse(id, words.of("template.until.missing", LONGEST_YEARS), next);
    }
    String done =
        !agree
            ? "review.sent_back.done"
            : review.stage() == ReviewStage.BUSINESS && !review.officerReasons().isEmpty()
                ? "review.agreed.on"
                : "review.agreed.done";
    return act(
        id,
        done,
        () ->
            reviews.decide(
                id,
                hash,
                agree,
                reason,
                until == null
                    ? null
                    : until.plusDays(1).atStartOfDay(ExchangeCalendar.ZONE).toInstant(),
                reader.username()),
        next);
  }

  @PostMapping("/reviews/{id}/withdraw")
  String withdraw(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff reader,
      RedirectAttributes next) {
    one(id, reader);
    return act(
        id, "review.withdrawn.done", () -> reviews.withdraw(id, reader.username(), reason), next);
  }

  private static String act(long id, String done, Supplier<Review> act, RedirectAttributes next) {
    try {
      act.get();
      next.addFlashAttribute("said", done);
      next.addAttribute("id", id);
      return "redirect:/reviews/{id}";
    } catch (ReviewRefusedException refused) {
      return refuse(id, String.valueOf(refused.getMessage()), next);
    }
  }

  private static String refuse(long id, String sentence, RedirectAttributes next) {
    next.addFlashAttribute("refused", sentence);
    next.addAttribute("id", id);
    return "redirect:/reviews/{id}";
  }

  private Review one(long id, CurrentStaff reader) {
    return reviews
        .find(id, reader.scope())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
