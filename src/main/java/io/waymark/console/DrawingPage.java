package io.waymark.console;

import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.console.security.CurrentStaff;
import io.waymark.engine.run.DrawingSubmission;
import io.waymark.engine.run.DrawingSubmission.Submitted;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.engine.sandbox.Problem;
import io.waymark.journey.JourneyInWords;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingRefusedException;
import io.waymark.journey.drawing.Drawings;
import io.waymark.journey.drawing.RevisionCause;
import io.waymark.platform.staff.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** The editor of one drawing, and what it asks while somebody draws: save, check, hand in. */
@ConsolePage
class DrawingPage {

  private final Drawings drawings;
  private final DrawingChecks checks;
  private final JourneyInWords inWords;
  private final DrawingSubmission submission;
  private final DrawingKit kit;

  DrawingPage(
      Drawings drawings,
      DrawingChecks checks,
      JourneyInWords inWords,
      DrawingSubmission submission,
      DrawingKit kit) {
    this.drawings = drawings;
    this.checks = checks;
    this.inWords = inWords;
    this.submission = submission;
    this.kit = kit;
  }

  /** Files as the editor holds them, and the revision they were made from. */
  record Sheet(int from, Map<String, String> files, @Nullable String cause) {}

  /** What is kept now. */
  record Kept(int revision, String by) {}

  /** One finding as the editor shows it; {@code severity} is error, warning or hint. */
  record Shown(
      @Nullable String element,
      @Nullable String name,
      String file,
      String severity,
      String why,
      String mend) {

    static Shown of(Finding one) {
      return new Shown(
          one.element(),
          one.elementName(),
          one.file(),
          one.severity().name().toLowerCase(Locale.ROOT),
          one.why(),
          one.mend());
    }

    static Shown of(Problem one) {
      return new Shown(one.element(), null, one.resource(), "error", one.message(), "");
    }
  }

  /** Where it went: the page of its review. */
  record HandedIn(String page) {}

  /** Why an act was refused; findings when elements are to blame. */
  record Refusal(String code, String detail, List<Shown> findings) {}

  @GetMapping("/journeys/drawings/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    model.addAttribute("drawing", found(id));
    model.addAttribute("writes", writes(staff));
    return "drawing";
  }

  /** The newest files. */
  @GetMapping("/journeys/drawings/{id}/files")
  @ResponseBody
  Sheet files(@PathVariable long id) {
    Drawing drawing = found(id);
    DrawingFiles files = drawings.files(id, drawing.revision()).orElseThrow(DrawingPage::missing);
    return new Sheet(drawing.revision(), files.texts(), null);
  }

  /** The element templates and words the editor works with. */
  @GetMapping("/journeys/drawings/-/kit")
  @ResponseBody
  DrawingKit.Kit kit() {
    return kit.all();
  }

  @PostMapping("/journeys/drawings/{id}/save")
  @ResponseBody
  Kept save(@PathVariable long id, @RequestBody Sheet sheet, CurrentStaff staff) {
    RevisionCause cause =
        "imported".equals(sheet.cause()) ? RevisionCause.IMPORTED : RevisionCause.SAVED;
    int revision =
        drawings.save(id, sheet.from(), cause, new DrawingFiles(sheet.files()), staff.username());
    return new Kept(revision, staff.username());
  }

  @PostMapping("/journeys/drawings/{id}/check")
  @ResponseBody
  List<Shown> check(@PathVariable long id, @RequestBody Sheet sheet) {
    found(id);
    return checks.check(new DrawingFiles(sheet.files()).bytes()).stream().map(Shown::of).toList();
  }

  /** What the settings on the canvas mean for customers, in plain sentences. */
  @PostMapping("/journeys/drawings/{id}/words")
  @ResponseBody
  List<String> words(@PathVariable long id, @RequestBody Sheet sheet) {
    found(id);
    DrawingFiles files = new DrawingFiles(sheet.files());
    return inWords.of(files.drawing().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/journeys/drawings/{id}/submit")
  @ResponseBody
  HandedIn submit(@PathVariable long id, @RequestBody Sheet sheet, CurrentStaff staff) {
    Submitted done = submission.submit(id, sheet.from(), staff.member());
    return new HandedIn("/reviews/" + done.review().id());
  }

  @ExceptionHandler
  ResponseEntity<Refusal> refused(DrawingRefusedException refused) {
    HttpStatus status =
        switch (refused.code()) {
          case "stale" -> HttpStatus.CONFLICT;
          case "gone" -> HttpStatus.GONE;
          default -> HttpStatus.UNPROCESSABLE_ENTITY;
        };
    return refusal(status, refused.code(), refused, List.of());
  }

  @ExceptionHandler
  ResponseEntity<Refusal> refused(DeploymentRefusedException refused) {
    return ResponseEntity.unprocessableEntity()
        .body(
            new Refusal(
                "deployment",
                kit.word("drawing.refused"),
                refused.problems().stream().map(Shown::of).toList()));
  }

  @ExceptionHandler
  ResponseEntity<Refusal> refused(ReviewRefusedException refused) {
    return refusal(HttpStatus.UNPROCESSABLE_ENTITY, refused.code(), refused, List.of());
  }

  private static ResponseEntity<Refusal> refusal(
      HttpStatus status, String code, RuntimeException why, List<Shown> findings) {
    return ResponseEntity.status(status)
        .body(new Refusal(code, String.valueOf(why.getMessage()), findings));
  }

  private static boolean writes(CurrentStaff staff) {
    return staff.member().role() == Role.MARKETER;
  }

  private Drawing found(long id) {
    return drawings.find(id).orElseThrow(DrawingPage::missing);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
