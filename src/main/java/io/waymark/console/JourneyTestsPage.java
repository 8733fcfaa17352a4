package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.rehearsal.JourneyTest;
import io.waymark.journey.rehearsal.JourneyTestRun;
import io.waymark.journey.rehearsal.JourneyTests;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The rehearsals kept as tests: how each went last, run it again, remove it. */
@ConsolePage
class JourneyTestsPage {

  private final JourneyTests tests;
  private final JourneyTestRun run;
  private final JourneyVersions versions;
  private final JourneyNames names;
  private final Words words;

  JourneyTestsPage(
      JourneyTests tests,
      JourneyTestRun run,
      JourneyVersions versions,
      JourneyNames names,
      Words words) {
    this.tests = tests;
    this.run = run;
    this.versions = versions;
    this.names = names;
    this.words = words;
  }

  @GetMapping("/rehearsals/tests")
  String list(Model model) {
    model.addAttribute("tests", tests.all());
    model.addAttribute("journeys", names.byKey());
    return "journey-tests";
  }

  @PostMapping("/rehearsals/tests/{id}/run")
  String runAgain(@PathVariable long id, RedirectAttributes next) {
    JourneyTest test =
        tests.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    List<JourneyVersion> known = versions.of(test.journeyKey());
    if (known.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    run.run(test, known.get(0))
        .ifPresentOrElse(
            problem ->
                next.addFlashAttribute(
                    "refused", words.of("rehearsal.test.failed", test.name(), problem)),
            () -> next.addFlashAttribute("said", "rehearsal.test.passed"));
    return "redirect:/rehearsals/tests";
  }

  @PostMapping("/rehearsals/tests/{id}/remove")
  String remove(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    tests.remove(id, staff.username());
    next.addFlashAttribute("said", "rehearsal.test.removed");
    return "redirect:/rehearsals/tests";
  }
}
