package io.waymark.console;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.Role;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the pages of rule packs and policies hand a version over to the review. */
@Component
class RuleSubmission {

  private final Reviews reviews;

  RuleSubmission(Reviews reviews) {
    this.reviews = reviews;
  }

  /**
   * Shows the last review of a version and whether the reader may submit it.
   *
   * @param open whether the version is still undecided
   * @param own whether the reader proposed it
   * @return whether a review of it is running
   */
  boolean show(
      SubjectKind kind,
      String subjectId,
      boolean open,
      boolean own,
      CurrentStaff staff,
      Model model) {
    Review review = reviews.latest(kind, subjectId).orElse(null);
    boolean running = review != null && review.status().running();
    model.addAttribute("review", review);
    model.addAttribute("decidable", running && reviews.mayDecide(review, staff.member()));
    model.addAttribute(
        "submittable", open && !running && (own || staff.member().role() == Role.COMPLIANCE));
    return running;
  }

  /**
   * Submits a version.
   *
   * @param back where a refusal is shown
   */
  String submit(
      SubjectKind kind,
      String subjectId,
      CurrentStaff staff,
      RedirectAttributes next,
      String back) {
    try {
      Review review = reviews.submit(kind, subjectId, staff.username());
      next.addFlashAttribute("said", "review.submitted.rules");
      next.addAttribute("id", review.id());
      return "redirect:/reviews/{id}";
    } catch (ReviewRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return back;
    }
  }
}
