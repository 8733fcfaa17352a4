package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.Rehearsal;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.RehearsalRunner;
import io.waymark.journey.rehearsal.Rehearsals;
import io.waymark.segment.Audiences;
import io.waymark.segment.rule.AudienceRefusedException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Rehearsals of audiences: begin one, watch it, read what came of it, compare two versions. */
@ConsolePage
class RehearsalsPage {

  private static final Set<JourneyStatus> OVER =
      EnumSet.of(JourneyStatus.REJECTED, JourneyStatus.WITHDRAWN);

  private final Rehearsals rehearsals;
  private final RehearsalRunner runner;
  private final JourneyVersions versions;
  private final Audiences audiences;
  private final Customers customers;
  private final DrawnNames nodes;
  private final Words words;

  RehearsalsPage(
      Rehearsals rehearsals,
      RehearsalRunner runner,
      JourneyVersions versions,
      Audiences audiences,
      Customers customers,
      DrawnNames nodes,
      Words words) {
    this.rehearsals = rehearsals;
    this.runner = runner;
    this.versions = versions;
    this.audiences = audiences;
    this.customers = customers;
    this.nodes = nodes;
    this.words = words;
  }

  @GetMapping("/rehearsals")
  String list(
      @RequestParam(required = false) @Nullable Long version,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    model.addAttribute(
        "page",
        ListPage.read(page, offset -> rehearsals.page(staff.scope(), offset, ListPage.SIZE + 1)));
    model.addAttribute("versions", choices());
    model.addAttribute("titles", titles());
    model.addAttribute(
        "audiences",
        audiences.all().stream().map(one -> new Option(one.code(), one.name())).toList());
    if (!model.containsAttribute("form")) {
      model.addAttribute("form", RehearsalForm.usual(version, audienceOf(version)));
    }
    return "rehearsals";
  }

  private String audienceOf(@Nullable Long version) {
    return version == null
        ? ""
        : versions
            .find(version)
            .flatMap(one -> Optional.ofNullable(one.settings().entryAudience()))
            .orElse("");
  }

  private List<Option> choices() {
    return versions.all().stream()
        .filter(one -> !OVER.contains(one.status()))
        .map(
            one ->
                new Option(
                    Long.toString(one.id()),
                    "%s v%d（%s）"
                        .formatted(
                            one.name(), one.version(), words.of("journey." + one.status().code()))))
        .toList();
  }

  private Map<String, String> titles() {
    return versions.all().stream()
        .collect(
            Collectors.toMap(
                one -> Long.toString(one.id()), one -> one.name() + " v" + one.version()));
  }

  @PostMapping("/rehearsals")
  String start(RehearsalForm form, CurrentStaff staff, RedirectAttributes next) {
    try {
      next.addAttribute("id", runner.start(form.wish(), staff.scope(), staff.username()));
      return "redirect:/rehearsals/{id}";
    } catch (RehearsalRefusedException | AudienceRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("form", form);
      return "redirect:/rehearsals";
    }
  }

  @GetMapping("/rehearsals/{id:[0-9]+}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    Rehearsal rehearsal = find(id, staff);
    model.addAttribute("one", rehearsal);
    model.addAttribute(
        "shown",
        rehearsal.versionIds().stream()
            .map(version -> versions.find(version).orElseThrow())
            .toList());
    model.addAttribute("names", names(rehearsal));
    model.addAttribute("refs", refs(rehearsal));
    model.addAttribute("reasons", WalkPage.reasons());
    model.addAttribute("words", new ReasonWords());
    model.addAttribute(
        "audience",
        audiences.find(rehearsal.audience()).map(a -> a.name()).orElse(rehearsal.audience()));
    return "rehearsal";
  }

  /** Of every version, because one may have nodes the other has not. */
  private Map<String, String> names(Rehearsal rehearsal) {
    Map<String, String> names = new HashMap<>();
    rehearsal.versionIds().stream()
        .flatMap(id -> versions.find(id).stream())
        .map(JourneyVersion::definitionId)
        .map(nodes::of)
        .forEach(names::putAll);
    return names;
  }

  /** Refs of the customers named as samples, by id. */
  private Map<String, String> refs(Rehearsal rehearsal) {
    Set<Long> named =
        rehearsal.figures().stream()
            .flatMap(figures -> figures.paths().stream())
            .flatMap(path -> path.samples().stream())
            .collect(Collectors.toSet());
    return customers.profiles(named).stream()
        .collect(Collectors.toMap(one -> Long.toString(one.id()), CustomerProfile::ref));
  }

  /** Counts by activity id of one of the versions, for its drawing. */
  @GetMapping(
      path = "/rehearsals/{id:[0-9]+}/counts/{place}",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  Map<String, Figures.Node> counts(
      @PathVariable long id, @PathVariable int place, CurrentStaff staff) {
    List<Figures> figures = find(id, staff).figures();
    if (place < 0 || place >= figures.size()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return figures.get(place).nodes().stream()
        .collect(Collectors.toMap(Figures.Node::node, node -> node));
  }

  @PostMapping("/rehearsals/{id:[0-9]+}/cancel")
  String cancel(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    if (rehearsals.cancel(id, staff.scope())) {
      next.addFlashAttribute("said", "rehearsal.cancel.soon");
    } else {
      next.addFlashAttribute("refused", words.of("rehearsal.cancel.late"));
    }
    next.addAttribute("id", id);
    return "redirect:/rehearsals/{id}";
  }

  private Rehearsal find(long id, CurrentStaff staff) {
    return rehearsals
        .find(id, staff.scope())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
