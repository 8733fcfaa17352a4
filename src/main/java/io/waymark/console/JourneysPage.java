package io.waymark.console;

import io.waymark.compliance.recall.Recalls;
import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.insight.JourneyOverview;
import io.waymark.journey.JourneyInWords;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeReports;
import io.waymark.journey.NodeReports.NodeReport;
import io.waymark.journey.Period;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The journeys: what runs, how each version is drawn, and the drawing as its report. */
@ConsolePage
class JourneysPage {

  private final JourneyOverview overview;
  private final JourneyVersions versions;
  private final JourneyDeployments deployments;
  private final NodeReports reports;
  private final JourneyInWords inWords;
  private final JourneyStates states;
  private final Recalls recalls;
  private final Reviews reviews;
  private final Moments moments;

  JourneysPage(
      JourneyOverview overview,
      JourneyVersions versions,
      JourneyDeployments deployments,
      NodeReports reports,
      JourneyInWords inWords,
      JourneyStates states,
      Recalls recalls,
      Reviews reviews,
      Moments moments) {
    this.overview = overview;
    this.versions = versions;
    this.deployments = deployments;
    this.reports = reports;
    this.inWords = inWords;
    this.states = states;
    this.recalls = recalls;
    this.reviews = reviews;
    this.moments = moments;
  }

  @GetMapping("/journeys")
  String list(CurrentStaff staff, Model model) {
    model.addAttribute(
        "journeys", overview.since(moments.startOfToday().atOffset(ZoneOffset.UTC), staff.scope()));
    model.addAttribute("drafts", versions.drafts());
    model.addAttribute("ready", versions.ready());
    StandingRecalls standing = recalls.standing();
    model.addAttribute(
        "killed",
        versions.all().stream()
            .map(JourneyVersion::key)
            .distinct()
            .filter(standing::holds)
            .toList());
    return "journeys";
  }

  @GetMapping("/journeys/{key}")
  String show(
      @PathVariable String key,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestParam(required = false) @Nullable Integer compare,
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to,
      CurrentStaff staff,
      Model model) {
    List<JourneyVersion> known = versions.of(key);
    JourneyVersion shown = shown(known, version).orElseThrow(JourneysPage::missing);
    model.addAttribute("versions", known);
    model.addAttribute("shown", shown);
    model.addAttribute("published", shown.liveSince() != null);
    model.addAttribute("words", inWords.of(shown));
    model.addAttribute("from", from == null ? "" : from.toString());
    model.addAttribute("to", to == null ? "" : to.toString());
    Optional<JourneyVersion> other =
        compare == null || compare == shown.version() ? Optional.empty() : shown(known, compare);
    model.addAttribute("other", other.orElse(null));
    model.addAttribute(
        "lines",
        ReportLine.of(
            deployments.drawing(shown.definitionId()),
            reports.of(shown.id(), Period.days(from, to), staff.scope()),
            other
                .map(one -> reports.of(one.id(), Period.days(from, to), staff.scope()))
                .orElse(List.of())));
    states.show(shown, known, staff, model);
    return "journey";
  }

  @GetMapping(path = "/journeys/{key}/{version}.bpmn", produces = MediaType.APPLICATION_XML_VALUE)
  ResponseEntity<byte[]> drawing(@PathVariable String key, @PathVariable int version) {
    JourneyVersion found = shown(versions.of(key), version).orElseThrow(JourneysPage::missing);
    return ResponseEntity.ok(deployments.drawing(found.definitionId()));
  }

  /** The report by activity id, over the branches the reader may see, at most seconds old. */
  @GetMapping(
      path = "/journeys/{key}/{version}/counts",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  Map<String, NodeReport> counts(
      @PathVariable String key,
      @PathVariable int version,
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to,
      CurrentStaff staff) {
    JourneyVersion found = shown(versions.of(key), version).orElseThrow(JourneysPage::missing);
    return reports.lately(found.id(), Period.days(from, to), staff.scope()).stream()
        .collect(Collectors.toMap(NodeReport::node, Function.identity()));
  }

  @PostMapping("/journeys/{key}/{version}/submit")
  String submit(
      @PathVariable String key,
      @PathVariable int version,
      CurrentStaff staff,
      RedirectAttributes next) {
    JourneyVersion one = shown(versions.of(key), version).orElseThrow(JourneysPage::missing);
    try {
      Review review =
          reviews.submit(SubjectKind.JOURNEY, Long.toString(one.id()), staff.username());
      next.addFlashAttribute("said", review.status().running() ? "review.submitted" : null);
      next.addAttribute("id", review.id());
      return "redirect:/reviews/{id}";
    } catch (ReviewRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addAttribute("key", key);
      next.addAttribute("version", version);
      return "redirect:/journeys/{key}";
    }
  }

  /** The version asked for; else the one that runs; else the newest. */
  private static Optional<JourneyVersion> shown(
      List<JourneyVersion> known, @Nullable Integer version) {
    if (version != null) {
      return known.stream().filter(one -> one.version() == version).findFirst();
    }
    return known.stream()
        .filter(one -> one.status() == JourneyStatus.LIVE || one.status() == JourneyStatus.PAUSED)
        .findFirst()
        .or(() -> known.stream().findFirst());
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
