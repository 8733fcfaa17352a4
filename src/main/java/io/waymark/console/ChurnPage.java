package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.Role;
import io.waymark.segment.churn.ChurnModel;
import io.waymark.segment.churn.ChurnModels;
import io.waymark.segment.churn.ChurnScores;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Models of churn: trained here, shown with their figures, approved by somebody else. */
@ConsolePage
class ChurnPage {

  private final ChurnModels models;
  private final ChurnScores scores;

  ChurnPage(ChurnModels models, ChurnScores scores) {
    this.models = models;
    this.scores = scores;
  }

  @GetMapping("/models/churn")
  String list(CurrentStaff staff, Model model) {
    model.addAttribute("models", models.all());
    model.addAttribute("inForce", models.inForce().orElse(null));
    model.addAttribute("training", models.lastTraining().orElse(null));
    model.addAttribute("spread", scores.spread(staff.scope()));
    return "models-churn";
  }

  @GetMapping("/models/churn/{id}")
  String one(@PathVariable long id, CurrentStaff staff, Model model) {
    ChurnModel shown =
        models.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("shown", shown);
    model.addAttribute("officer", staff.member().role() == Role.COMPLIANCE);
    model.addAttribute("own", shown.trainedBy().equalsIgnoreCase(staff.username()));
    return "models-churn-model";
  }

  @PostMapping("/models/churn/train")
  String train(CurrentStaff staff, RedirectAttributes next) {
    models.train(staff.username());
    next.addFlashAttribute("said", "models.train.started");
    return "redirect:/models/churn";
  }

  @PostMapping("/models/churn/{id}/approve")
  String approve(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return decided(id, "models.churn.approved", next, () -> models.approve(id, staff.username()));
  }

  @PostMapping("/models/churn/{id}/end")
  String end(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return decided(id, "models.churn.ended", next, () -> models.end(id, staff.username()));
  }

  private static String decided(long id, String said, RedirectAttributes next, Runnable act) {
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("id", id);
    return "redirect:/models/churn/{id}";
  }
}
