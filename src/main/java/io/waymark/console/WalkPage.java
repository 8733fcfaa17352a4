package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.Drawings;
import io.waymark.journey.rehearsal.Act;
import io.waymark.journey.rehearsal.Acts;
import io.waymark.journey.rehearsal.Expectation;
import io.waymark.journey.rehearsal.JourneyTestRun;
import io.waymark.journey.rehearsal.JourneyTests;
import io.waymark.journey.rehearsal.Person;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.RehearsalTheatre;
import io.waymark.journey.rehearsal.Scene;
import io.waymark.journey.rehearsal.Script;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

/** One customer's journey, step by step; what is played can be kept as a test of the journey. */
@ConsolePage
class WalkPage {

  private static final Pattern VERSION = Pattern.compile("v(\\d{1,18})");
  private static final Pattern DRAWING = Pattern.compile("d(\\d{1,18})(?:\\.(\\d{1,9}))?");

  private final RehearsalTheatre theatre;
  private final JourneyTests tests;
  private final JourneyTestRun beginnings;
  private final JourneyVersions versions;
  private final Drawings drawings;
  private final Customers customers;
  private final EventTypes events;
  private final DrawnNames nodes;
  private final Words words;

  WalkPage(
      RehearsalTheatre theatre,
      JourneyTests tests,
      JourneyTestRun beginnings,
      JourneyVersions versions,
      Drawings drawings,
      Customers customers,
      EventTypes events,
      DrawnNames nodes,
      Words words) {
    this.theatre = theatre;
    this.tests = tests;
    this.beginnings = beginnings;
    this.versions = versions;
    this.drawings = drawings;
    this.customers = customers;
    this.events = events;
    this.nodes = nodes;
    this.words = words;
  }

  /** What is played, as the page needs it. */
  private record Piece(
      String title, String key, Script script, String drawing, Map<String, String> names) {}

  @GetMapping("/rehearsals/walk")
  String begin(@RequestParam(defaultValue = "") String script, CurrentStaff staff, Model model) {
    String branch =
        staff.scope().all() || staff.scope().branches().isEmpty()
            ? words.branches().stream().map(Option::code).findFirst().orElse("")
            : staff.scope().branches().get(0);
    if (!model.containsAttribute("form")) {
      model.addAttribute("form", WalkForm.blank(script, branch));
    }
    return page(piece(script), staff, model);
  }

  @PostMapping("/rehearsals/walk")
  String play(WalkForm form, CurrentStaff staff, Model model) {
    Piece piece = piece(form.script());
    model.addAttribute("form", form);
    model.addAttribute("from", form.from());
    model.addAttribute("acts", form.acts());
    try {
      Instant from = from(form);
      String acts = String.join("\n", form.actsNow());
      Scene scene = theatre.play(piece.script(), person(form, staff), from, Acts.read(acts));
      model.addAttribute("from", from.toString());
      model.addAttribute("acts", acts);
      model.addAttribute("scene", scene);
    } catch (RehearsalRefusedException refused) {
      model.addAttribute("refused", refused.getMessage());
      stay(piece, form, staff, model);
    }
    return page(piece, staff, model);
  }

  /** What cannot be done leaves the customer where he stood. */
  private void stay(Piece piece, WalkForm form, CurrentStaff staff, Model model) {
    if (form.from().isEmpty()) {
      return;
    }
    try {
      List<Act> before = Acts.read(form.acts());
      model.addAttribute(
          "scene", theatre.play(piece.script(), person(form, staff), from(form), before));
    } catch (RehearsalRefusedException neither) {
      model.addAttribute("from", "");
    }
  }

  private Instant from(WalkForm form) {
    try {
      return form.from().isEmpty() ? beginnings.beginning() : Instant.parse(form.from());
    } catch (DateTimeParseException unreadable) {
      return beginnings.beginning();
    }
  }

  private Person person(WalkForm form, CurrentStaff staff) {
    if (form.customer().isEmpty()) {
      if (!staff.scope().covers(form.branch())) {
        throw new RehearsalRefusedException("请选择您范围内的营业部。");
      }
      return form.invented();
    }
    CustomerProfile found =
        customers
            .find(form.customer(), staff.scope())
            .orElseThrow(() -> new RehearsalRefusedException("在您的营业部范围内找不到这个客户，请核对客户号。"));
    return Person.real(found.id(), found.branch());
  }

  private Piece piece(String script) {
    Matcher version = VERSION.matcher(script);
    if (version.matches()) {
      return versions
          .find(Long.parseLong(version.group(1)))
          .map(this::piece)
          .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
    Matcher drawing = DRAWING.matcher(script);
    if (drawing.matches()) {
      return piece(Long.parseLong(drawing.group(1)), drawing.group(2));
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }

  private Piece piece(JourneyVersion version) {
    return new Piece(
        version.name() + " v" + version.version(),
        version.key(),
        Script.of(version.id()),
        "/journeys/" + version.key() + "/" + version.version() + ".bpmn",
        nodes.of(version.definitionId()));
  }

  /**
   * A drawing as it was at a revision.
   *
   * @param number null for the newest
   */
  private Piece piece(long id, @Nullable String number) {
    Drawing drawing =
        drawings.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    int revision = number == null ? drawing.revision() : Integer.parseInt(number);
    DrawingFiles files = files(id, revision);
    return new Piece(
        drawing.name(),
        "",
        Script.drawn(files.bytes()),
        "/rehearsals/drawings/%d/%d.bpmn".formatted(id, revision),
        DrawnNames.in(files.drawing()));
  }

  private DrawingFiles files(long drawing, int revision) {
    return drawings
        .files(drawing, revision)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @GetMapping(
      path = "/rehearsals/drawings/{id}/{revision}.bpmn",
      produces = MediaType.APPLICATION_XML_VALUE)
  @ResponseBody
  byte[] drawing(@PathVariable long id, @PathVariable int revision) {
    return files(id, revision).drawing().getBytes(StandardCharsets.UTF_8);
  }

  private String page(Piece piece, CurrentStaff staff, Model model) {
    model.addAttribute("piece", piece.title());
    model.addAttribute("key", piece.key());
    model.addAttribute("drawing", piece.drawing());
    model.addAttribute("names", piece.names());
    model.addAttribute(
        "branches",
        words.branches().stream().filter(one -> staff.scope().covers(one.code())).toList());
    model.addAttribute("levels", List.of(RiskTolerance.values()));
    model.addAttribute("eventTypes", events.all().stream().map(EventType::code).sorted().toList());
    model.addAttribute("reasons", reasons());
    model.addAttribute("words", new ReasonWords());
    model.addAttribute("kinds", List.of(Expectation.Kind.values()));
    return "rehearsal-walk";
  }

  /** What the gate withholds for, in words, by code. */
  static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    Stream.of(WithheldReason.values()).forEach(one -> reasons.put(one.code(), one.message()));
    return reasons;
  }

  @PostMapping("/rehearsals/tests")
  String keep(WalkForm form, CurrentStaff staff, Model model, RedirectAttributes next) {
    Piece piece = piece(form.script());
    try {
      if (piece.key().isEmpty()) {
        throw new RehearsalRefusedException("草图还没有提交成版本，请先提交，再保存测试。");
      }
      tests.keep(
          piece.key(),
          form.name(),
          person(form, staff),
          Acts.read(form.acts()),
          form.expected(),
          staff.username());
      next.addFlashAttribute("said", "rehearsal.test.kept");
      return "redirect:/rehearsals/tests";
    } catch (RehearsalRefusedException refused) {
      String page = play(form, staff, model);
      model.addAttribute("refused", refused.getMessage());
      return page;
    }
  }
}
