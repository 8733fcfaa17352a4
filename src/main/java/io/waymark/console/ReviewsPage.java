package io.waymark.console;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewFilter;
import io.waymark.compliance.review.ReviewStage;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.Role;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The queue of reviews: what waits for the reader, what the reader submitted, and all. */
@ConsolePage
class ReviewsPage {

  private final Reviews reviews;
  private final Words words;

  ReviewsPage(Reviews reviews, Words words) {
    this.reviews = reviews;
    this.words = words;
  }

  @GetMapping("/reviews")
  String list(
      @RequestParam(defaultValue = "waiting") String view,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    boolean waiting = view.equals("waiting");
    var filter =
        new ReviewFilter(
            waiting ? staff.username() : null,
            waiting ? stage(staff.member().role()) : null,
            view.equals("mine") ? staff.username() : null,
            named(SubjectKind.values(), SubjectKind::code, kind),
            waiting ? null : named(ReviewStatus.values(), ReviewStatus::code, status),
            q.isBlank() ? null : q.strip());
    ListPage<Review> found =
        ListPage.read(
            page, offset -> reviews.page(filter, staff.scope(), offset, ListPage.SIZE + 1));
    model.addAttribute("page", found);
    model.addAttribute("total", reviews.count(filter, staff.scope()));
    model.addAttribute("view", view);
    model.addAttribute("q", q);
    model.addAttribute("kind", kind);
    model.addAttribute("status", status);
    model.addAttribute(
        "kinds",
        words.options("review.kind", Stream.of(SubjectKind.values()).map(SubjectKind::code)));
    model.addAttribute(
        "statuses",
        words.options("review.status", Stream.of(ReviewStatus.values()).map(ReviewStatus::code)));
    return "reviews";
  }

  /** The stage at which a role decides. */
  static ReviewStage stage(Role role) {
    return role == Role.COMPLIANCE ? ReviewStage.OFFICER : ReviewStage.BUSINESS;
  }

  private static <T> @Nullable T named(T[] all, Function<T, String> code, String wanted) {
    return Stream.of(all).filter(one -> code.apply(one).equals(wanted)).findFirst().orElse(null);
  }
}
