package io.waymark.demo;

import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateFolder;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.engine.run.DraftRecorder;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Approves, as the demo's compliance officer, what comes from the folders. What a person uploads
 * waits for a person.
 */
@Component
@Profile("demo")
class DemoApprovals {

  private static final int PAGE = 200;
  private static final Duration VALIDITY = Duration.ofDays(365);

  private final Templates templates;
  private final JourneyVersions journeys;
  private final Clock clock;

  DemoApprovals(Templates templates, JourneyVersions journeys, Clock clock) {
    this.templates = templates;
    this.journeys = journeys;
    this.clock = clock;
  }

  void approveAll() {
    for (TemplateVersion draft :
        templates.page(new TemplateFilter(TemplateStatus.DRAFT, null, null), 0, PAGE)) {
      if (draft.author().equals(TemplateFolder.AUTHOR)
          && templates.versionsOf(draft.code()).size() == 1) {
        templates.approve(
            draft.id(), draft.hash(), DemoPeople.OFFICER, clock.instant().plus(VALIDITY));
      }
    }
    for (JourneyVersion draft : journeys.drafts()) {
      if (draft.author().equals(DraftRecorder.FOLDER)) {
        journeys.approve(draft.id(), draft.hash(), DemoPeople.OFFICER);
      }
    }
  }
}
