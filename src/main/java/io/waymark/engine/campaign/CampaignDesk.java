package io.waymark.engine.campaign;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.campaign.Campaign;
import io.waymark.advisor.campaign.CampaignTerms;
import io.waymark.advisor.campaign.Campaigns;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.event.EventTypes;
import io.waymark.engine.run.DrawingSubmission;
import io.waymark.engine.run.DrawingSubmission.Submitted;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingOrigin;
import io.waymark.journey.drawing.Drawings;
import io.waymark.journey.drawing.RevisionCause;
import io.waymark.journey.publication.Pauses;
import io.waymark.journey.publication.Publications;
import io.waymark.journey.publication.RolloutPlan;
import io.waymark.journey.publication.StopRule;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import io.waymark.product.Product;
import io.waymark.product.Products;
import io.waymark.segment.Audiences;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do with campaigns. A campaign goes live by the review of its drawing and by nothing
 * else: who wrote it cannot approve it at any door.
 */
@Component
public class CampaignDesk {

  private static final LocalTime OPENS = LocalTime.of(8, 0);

  /** Calls withheld are told on the campaign's page and are no reason to stop it. */
  private static final StopRule STOPS = new StopRule(50, null, 100, 500);

  private final Campaigns campaigns;
  private final CampaignDrawing drawing;
  private final Drawings drawings;
  private final DrawingSubmission submission;
  private final JourneyVersions versions;
  private final Publications publications;
  private final Pauses pauses;
  private final Templates templates;
  private final Audiences audiences;
  private final Products products;
  private final EventTypes events;
  private final Clock clock;

  CampaignDesk(
      Campaigns campaigns,
      CampaignDrawing drawing,
      Drawings drawings,
      DrawingSubmission submission,
      JourneyVersions versions,
      Publications publications,
      Pauses pauses,
      Templates templates,
      Audiences audiences,
      Products products,
      EventTypes events,
      Clock clock) {
    this.campaigns = campaigns;
    this.drawing = drawing;
    this.drawings = drawings;
    this.submission = submission;
    this.versions = versions;
    this.publications = publications;
    this.pauses = pauses;
    this.templates = templates;
    this.audiences = audiences;
    this.products = products;
    this.events = events;
    this.clock = clock;
  }

  /** Where a campaign stands. */
  public CampaignState state(Campaign campaign) {
    if (campaign.closedAt() != null) {
      return CampaignState.OVER;
    }
    if (campaign.stoppedAt() != null) {
      return CampaignState.STOPPING;
    }
    return version(campaign)
        .map(JourneyVersion::status)
        .map(
            status ->
                switch (status) {
                  case DRAFT, REJECTED, WITHDRAWN -> CampaignState.RETURNED;
                  case IN_REVIEW -> CampaignState.REVIEW;
                  case APPROVED, SCHEDULED -> CampaignState.APPROVED;
                  case LIVE, YIELDING -> CampaignState.RUNNING;
                  case PAUSED -> CampaignState.PAUSED;
                  case ENDED -> CampaignState.ENDING;
                })
        .orElse(CampaignState.WRITING);
  }

  /** The journey version a campaign became; empty while it is being written. */
  public Optional<JourneyVersion> version(Campaign campaign) {
    return Optional.ofNullable(campaign.version()).flatMap(versions::find);
  }

  /**
   * Makes the drawing of a campaign and hands it in for review; approved, it goes live on its first
   * day by itself.
   *
   * @throws TaskRefusedException when something it names is not there or not approved, it is over
   *     before it could begin, or it was handed in already
   * @throws io.waymark.compliance.review.ReviewRefusedException when the checks find an error in
   *     the drawing
   */
  @Transactional
  public Submitted submit(long id, StaffMember by) {
    requireMarketer(by);
    Campaign campaign = require(id);
    if (!campaign.open()) {
      throw new TaskRefusedException("submitted", "这个活动已经提交过了,请刷新页面。");
    }
    requireSound(campaign.terms());
    DrawingFiles files = drawing.of(campaign);
    Drawing drawn = drawn(campaign, files, by.username());
    Submitted submitted = submission.submit(drawn.id(), drawn.revision(), by);
    if (submitted.review().status().running()) {
      publications.onApproval(
          submitted.version().id(),
          opening(campaign.terms()),
          RolloutPlan.everybody(STOPS),
          by.username());
    }
    campaigns.submitted(id, drawn.id(), submitted.version().id(), by.username());
    return submitted;
  }

  private Drawing drawn(Campaign campaign, DrawingFiles files, String by) {
    Optional<Drawing> before = Optional.ofNullable(campaign.drawing()).flatMap(drawings::find);
    long drawn =
        before
            .map(Drawing::id)
            .orElseGet(
                () -> drawings.create(campaign.terms().name(), files, DrawingOrigin.FILE, by));
    before.ifPresent(
        one -> drawings.save(one.id(), one.revision(), RevisionCause.SAVED, files, by));
    return drawings.find(drawn).orElseThrow();
  }

  private @Nullable Instant opening(CampaignTerms terms) {
    Instant opens = terms.startsOn().atTime(OPENS).atZone(ExchangeCalendar.ZONE).toInstant();
    return opens.isAfter(clock.instant()) ? opens : null;
  }

  private void requireSound(CampaignTerms terms) {
    if (terms.endsOn().isBefore(LocalDate.ofInstant(clock.instant(), ExchangeCalendar.ZONE))) {
      throw new TaskRefusedException("endsOn", "结束日期已经过去,请修改后再提交。");
    }
    if (audiences.find(terms.audience()).isEmpty()) {
      throw new TaskRefusedException("audience", "人群“%s”不存在,请重新选择。".formatted(terms.audience()));
    }
    String product = terms.product();
    if (product != null && products.find(product).filter(Product::onSale).isEmpty()) {
      throw new TaskRefusedException("product", "产品“%s”不在销售,请重新选择。".formatted(product));
    }
    TemplateVersion talkTrack = approved("talkTrack", terms.talkTrack());
    if (talkTrack.metadata().channel() != Channel.PHONE) {
      throw new TaskRefusedException("talkTrack", "话术须是电话渠道的内容,请重新选择。");
    }
    if (!talkTrack.metadata().purpose().code().equals(terms.purpose())) {
      throw new TaskRefusedException("talkTrack", "话术的用途与活动不一致,请重新选择话术并保存。");
    }
    terms.materials().forEach(code -> approved("materials", code));
    String survey = terms.survey();
    if (survey != null && approved("survey", survey).metadata().purpose() != Purpose.SERVICE) {
      throw new TaskRefusedException("survey", "评价邀请须是服务用途的内容,请重新选择。");
    }
    String goal = terms.goal();
    if (goal != null && events.find(goal).isEmpty()) {
      throw new TaskRefusedException("goal", "事件“%s”没有登记,请重新选择成效事件。".formatted(goal));
    }
  }

  private TemplateVersion approved(String field, String code) {
    return templates
        .approved(code, clock.instant())
        .orElseThrow(
            () -> new TaskRefusedException(field, "内容“%s”没有已批准的版本,请先提交审核或另选。".formatted(code)));
  }

  /**
   * Lets a campaign be written on that the review gave back.
   *
   * @throws TaskRefusedException when it was not given back
   */
  @Transactional
  public void reopen(long id, StaffMember by) {
    requireMarketer(by);
    if (state(require(id)) != CampaignState.RETURNED) {
      throw new TaskRefusedException("submitted", "只有被退回的活动可以修改,请刷新页面。");
    }
    campaigns.reopened(id);
  }

  /** Gives nobody to anybody until {@link #resume}; who was given already may be called. */
  public void pause(long id, String reason, String by) {
    pauses.pause(running(id, JourneyStatus.LIVE).id(), null, reason, by);
  }

  /** Goes on after {@link #pause}. */
  public void resume(long id, String by) {
    pauses.resume(running(id, JourneyStatus.PAUSED).id(), null, by);
  }

  /**
   * Ends a campaign before its time; what advisors have not finished is taken back within a minute.
   * Must not be called inside a transaction.
   */
  public void stop(long id, String reason, String by) {
    JourneyVersion version = running(id, JourneyStatus.LIVE, JourneyStatus.PAUSED);
    publications.end(version.id(), reason, by);
    campaigns.stopped(id, reason, by);
  }

  private JourneyVersion running(long id, JourneyStatus... expected) {
    return version(require(id))
        .filter(version -> java.util.List.of(expected).contains(version.status()))
        .orElseThrow(() -> new TaskRefusedException("state", "活动现在的状态不允许这样做,请刷新页面。"));
  }

  private Campaign require(long id) {
    return campaigns
        .find(id)
        .orElseThrow(() -> new TaskRefusedException("unknown", "没有这个活动,请返回列表。"));
  }

  private static void requireMarketer(StaffMember by) {
    if (by.role() != Role.MARKETER || !by.enabled()) {
      throw new TaskRefusedException("wrong_role", "只有营销人员可以提交和修改活动。");
    }
  }
}
