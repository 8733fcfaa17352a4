package io.waymark.compliance.review;

import io.waymark.compliance.RulePackEdited;
import io.waymark.content.TemplateStored;
import io.waymark.content.TemplateTakenBack;
import io.waymark.platform.policy.PolicyChanged;
import io.waymark.platform.policy.PolicyDocument;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends reviews whose content moved on, in the transaction that moves it. */
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

  @EventListener
  void edited(RulePackEdited edited) {
    reviews.drop(SubjectKind.RULE_PACK, edited.version(), edited.editor(), "草稿在复核期间被修改");
  }

  @EventListener
  void changed(PolicyChanged changed) {
    if (changed.change() == PolicyChanged.Change.REJECTED) {
      PolicyDocument document = changed.document();
      reviews.drop(
          SubjectKind.POLICY,
          PolicySubjects.id(document),
          changed.actor(),
          String.valueOf(document.rejectedBecause()));
    }
  }
}
