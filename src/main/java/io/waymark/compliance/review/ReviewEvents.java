package io.waymark.compliance.review;

import io.waymark.content.TemplateStored;
import io.waymark.content.TemplateTakenBack;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends reviews whose template moved on, in the transaction that moves it. */
@Component
class ReviewEvents {

  private final Reviews reviews;

  ReviewEvents(Reviews reviews) {
    this.reviews = reviews;
  }

  @EventListener
  void written(TemplateStored stored) {
    var version = stored.version();
    reviews.overtake(
        SubjectKind.TEMPLATE, version.code(), Long.toString(version.id()), version.author());
  }

  @EventListener
  void takenBack(TemplateTakenBack taken) {
    reviews.drop(
        SubjectKind.TEMPLATE, Long.toString(taken.version().id()), taken.actor(), taken.reason());
  }
}
