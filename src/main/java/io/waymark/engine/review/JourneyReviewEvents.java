package io.waymark.engine.review;

import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.journey.JourneyDrafted;
import io.waymark.journey.JourneyVersion;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends the review of a journey that was drawn anew, in the deployment's own transaction. */
@Component
class JourneyReviewEvents {

  private final Reviews reviews;

  JourneyReviewEvents(Reviews reviews) {
    this.reviews = reviews;
  }

  @EventListener
  void drafted(JourneyDrafted drafted) {
    JourneyVersion version = drafted.version();
    reviews.overtake(
        SubjectKind.JOURNEY, version.key(), Long.toString(version.id()), version.author());
  }
}
