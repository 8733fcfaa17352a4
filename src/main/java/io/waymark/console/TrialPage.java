package io.waymark.console;

import io.waymark.compliance.watch.PackTrial;
import io.waymark.compliance.watch.PackTrials;
import io.waymark.compliance.watch.TrialHits;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A trial of a draft pack: how far it is, and every finding it adds or drops with its sentence. */
@ConsolePage
class TrialPage {

  private final PackTrials trials;
  private final TrialHits hits;

  TrialPage(PackTrials trials, TrialHits hits) {
    this.trials = trials;
    this.hits = hits;
  }

  @GetMapping("/rules/trials/{id}")
  String show(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String change,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    PackTrial trial =
        trials.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String kind = change.equals("caught") || change.equals("freed") ? change : null;
    model.addAttribute("trial", trial);
    model.addAttribute("change", change);
    model.addAttribute("officer", officer(staff));
    model.addAttribute(
        "page",
        ListPage.read(
            page, offset -> hits.page(id, kind, staff.scope(), offset, ListPage.SIZE + 1)));
    return "rule-trial";
  }

  private static boolean officer(CurrentStaff staff) {
    return staff.member().role() == Role.COMPLIANCE;
  }

  @PostMapping("/rules/trials/{id}/cancel")
  String cancel(@PathVariable long id, RedirectAttributes next) {
    trials.cancel(id);
    next.addAttribute("id", id);
    return "redirect:/rules/trials/{id}";
  }
}
