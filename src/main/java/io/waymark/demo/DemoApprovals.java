package io.waymark.demo;

import io.waymark.compliance.impact.ImpactAssessment;
import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.compliance.impact.ImpactDraft;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateFolder;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.engine.run.DraftRecorder;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.publication.Publications;
import io.waymark.journey.publication.RolloutPlan;
import io.waymark.journey.publication.StopRule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Puts what comes from the folders through the review, as the demo's marketer, business reviewer
 * and compliance officer, and has the impact of its audiences assessed. What a person uploads waits
 * for a person.
 */
@Component
@Profile("demo")
class DemoApprovals {

  private static final Logger log = LoggerFactory.getLogger(DemoApprovals.class);
  private static final int PAGE = 200;
  private static final Duration VALIDITY = Duration.ofDays(365);

  private final Templates templates;
  private final JourneyVersions journeys;
  private final ImpactAssessments impacts;
  private final Reviews reviews;
  private final Publications publications;
  private final Clock clock;

  DemoApprovals(
      Templates templates,
      JourneyVersions journeys,
      ImpactAssessments impacts,
      Reviews reviews,
      Publications publications,
      Clock clock) {
    this.templates = templates;
    this.journeys = journeys;
    this.impacts = impacts;
    this.reviews = reviews;
    this.publications = publications;
    this.clock = clock;
  }

  void approveAll() {
    for (TemplateVersion draft :
        templates.page(new TemplateFilter(TemplateStatus.DRAFT, null, null), 0, PAGE)) {
      if (draft.author().equals(TemplateFolder.AUTHOR)
          && templates.versionsOf(draft.code()).size() == 1) {
        review(SubjectKind.TEMPLATE, draft.id());
      }
    }
    for (JourneyVersion draft : journeys.drafts()) {
      if (draft.author().equals(DraftRecorder.FOLDER) && draft.status() == JourneyStatus.DRAFT) {
        assessImpact(draft.settings().entryAudience());
        assessImpact(draft.settings().entryFilter());
        review(SubjectKind.JOURNEY, draft.id());
        publish(draft.id());
      }
    }
  }

  private void review(SubjectKind kind, long version) {
    Review review = reviews.submit(kind, Long.toString(version), DemoPeople.MARKETER);
    for (String reviewer : List.of(DemoPeople.REVIEWER, DemoPeople.OFFICER)) {
      if (review.status().running()) {
        review = reviews.decide(review.id(), review.hash(), true, null, null, reviewer);
      }
    }
    if (review.status() != ReviewStatus.APPROVED) {
      log.warn("{} {} was not approved: {}", review.kind(), review.code(), review.obstacles());
    }
  }

  private void publish(long version) {
    try {
      publications.publish(version, RolloutPlan.everybody(StopRule.USUAL), DemoPeople.MARKETER);
    } catch (JourneyRefusedException refused) {
      log.warn("Journey version {} was not published: {}", version, refused.getMessage());
    }
  }

  private void assessImpact(@Nullable String audience) {
    if (audience != null && impacts.refusal(audience, clock.instant()).isPresent()) {
      ImpactAssessment written =
          impacts.propose(
              new ImpactDraft(
                  audience,
                  "营业部客户的资产、交易与行为标签，用于挑选旅程的客群；不含身份证件与联系方式。",
                  "营销以客户同意为前提，服务以合同为前提；只用挑选客群所必需的标签，不对外提供。",
                  "标签过期或有误会使客户收到不合适的内容；泄露会暴露资产状况。影响可控，客户可随时拒绝。",
                  "逐项适当性与同意核对；标签超过时效即视为未知；加密保存、按营业部授权、操作留痕。",
                  clock.instant().plus(VALIDITY)),
              DemoPeople.MARKETER);
      impacts.approve(written.id(), DemoPeople.OFFICER);
    }
  }
}
