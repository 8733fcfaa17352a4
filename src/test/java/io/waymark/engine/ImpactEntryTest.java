package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.compliance.impact.ImpactAssessment;
import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.compliance.impact.ImpactDraft;
import io.waymark.compliance.impact.ImpactRefusedException;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.AudienceEntries;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An audience that profiles people opens no marketing journey without an impact assessment. */
@WithTravellers
class ImpactEntryTest {

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final String SCHEDULE = "0 30 9 ? * MON-FRI";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired AudienceEntries entries;
  @Autowired Audiences audiences;
  @Autowired ImpactAssessments assessments;
  @Autowired StaffDirectory staff;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void officer() {
    travellers.open();
    staff.save(
        new StaffMember("im.officer", "合规", Role.COMPLIANCE, Travellers.BRANCH, true, true), null);
    staff.save(
        new StaffMember("im.market", "营销", Role.MARKETER, Travellers.BRANCH, true, true), null);
  }

  @Test
  void a_marketing_journey_is_approved_only_once_its_audience_is_assessed() {
    String audience = audience("tag asset_total >= 100");
    JourneyVersion draft = deploy(audience, "product_marketing");

    assertThatExceptionOfType(JourneyRefusedException.class)
        .isThrownBy(() -> HeldReviews.approve(versions, draft))
        .withMessageContaining("影响评估")
        .withMessageContaining("asset_total");

    ImpactAssessment written = write(audience);
    assertThatExceptionOfType(JourneyRefusedException.class)
        .isThrownBy(() -> HeldReviews.approve(versions, draft));
    assessments.approve(written.id(), "im.officer");
    assertThat(HeldReviews.approve(versions, draft).key()).isEqualTo(draft.key());
  }

  @Test
  void service_and_audiences_without_scores_or_sensitive_tags_need_none() {
    JourneyVersion service = deploy(audience("tag asset_total >= 100"), "service");
    HeldReviews.approve(versions, service);
    JourneyVersion plain = deploy(audience("age >= 200"), "product_marketing");
    HeldReviews.approve(versions, plain);
  }

  @Test
  void a_journey_is_as_strict_as_the_strictest_of_its_texts() {
    String audience = audience("tag asset_total >= 100");
    JourneyVersion draft =
        Sketch.of("impact")
            .set("purpose", "service")
            .enteredBy(audience, SCHEDULE)
            .step("Send", "sendMessage", Map.of("template", "dca-intro-plain-sms"))
            .way("Send")
            .deploy(deployments, versions);

    assertThatExceptionOfType(JourneyRefusedException.class)
        .isThrownBy(() -> HeldReviews.approve(versions, draft))
        .withMessageContaining("影响评估");
    assessments.approve(write(audience).id(), "im.officer");
    assertThat(HeldReviews.approve(versions, draft).key()).isEqualTo(draft.key());

    clock.advance(Duration.ofDays(31));
    travellers.somebody().tagged("asset_total", "200");
    assertThat(entries.run(draft.key(), "over")).isZero();
  }

  @Test
  void an_audience_that_refers_to_a_profiling_one_profiles_too() {
    String inner = audience("tag churn_score >= 1");
    String outer = audience("in audience " + inner + " and age >= 18");
    assertThat(assessments.profile(outer)).containsExactly("churn_score");
  }

  @Test
  void once_the_assessment_is_over_a_run_lets_nobody_in() {
    String tag = "im" + NEXT.incrementAndGet();
    Traveller one = travellers.somebody().tagged("risk_level", tag);
    assertThat(one).isNotNull();
    String audience = audience("tag risk_level = '" + tag + "'");
    assessments.approve(write(audience).id(), "im.officer");
    JourneyVersion draft = deploy(audience, "product_marketing");
    HeldReviews.approve(versions, draft);
    assertThat(entries.run(draft.key(), "first")).isEqualTo(1);

    clock.advance(Duration.ofDays(31));
    assertThat(entries.run(draft.key(), "second")).isZero();
  }

  @Test
  void a_rule_that_looks_at_more_needs_a_new_assessment() {
    String audience = audience("tag asset_total >= 100");
    assessments.approve(write(audience).id(), "im.officer");
    assertThat(assessments.refusal(audience, clock.instant())).isEmpty();
    audiences.save(
        new AudienceDraft(
            audience,
            "更多画像",
            "tag asset_total >= 100 and tag churn_score >= 1",
            Purpose.PRODUCT_MARKETING,
            null),
        "author");
    assertThat(assessments.refusal(audience, clock.instant())).isPresent();
  }

  @Test
  void assessments_are_written_whole_and_approved_by_somebody_else() {
    String audience = audience("tag asset_total >= 100");
    ImpactAssessment written = write(audience);
    ImpactAssessment own = assessments.propose(draft(audience, "处理客户资产标签"), "im.officer");

    refused("id", () -> assessments.approve(own.id(), "im.officer"));
    refused("id", () -> assessments.approve(own.id(), "IM.OFFICER"));
    refused("id", () -> assessments.approve(written.id(), "im.market"));
    refused("id", () -> assessments.reject(written.id(), "不足", "im.market"));
    refused("reason", () -> assessments.reject(written.id(), " ", "im.officer"));
    refused("scope", () -> assessments.propose(draft(audience, " "), "author"));
    refused("audience", () -> assessments.propose(draft("no-such", "x"), "author"));
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update impact_assessment set approved_by = 'IM.Officer', approved_at ="
                            + " created_at where id = ?")
                    .param(own.id())
                    .update())
        .hasMessageContaining("impact_four_eyes");

    clock.advance(Duration.ofMinutes(1));
    assessments.approve(written.id(), "im.officer");
    assessments.reject(written.id(), "提前终止", "im.officer");
    assertThat(assessments.find(written.id()).orElseThrow().valid(clock.instant())).isFalse();
  }

  private static void refused(String field, Runnable act) {
    assertThatExceptionOfType(ImpactRefusedException.class)
        .isThrownBy(act::run)
        .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
  }

  private ImpactAssessment write(String audience) {
    return assessments.propose(draft(audience, "处理客户资产标签"), "author");
  }

  private ImpactDraft draft(String audience, String scope) {
    return new ImpactDraft(
        audience, scope, "必要", "可控", "加密", clock.instant().plus(Duration.ofDays(30)));
  }

  private String audience(String rule) {
    String code = "im-" + NEXT.incrementAndGet();
    audiences.save(
        new AudienceDraft(code, "评估测试", rule, Purpose.PRODUCT_MARKETING, null), "author");
    return code;
  }

  private JourneyVersion deploy(String audience, String purpose) {
    return Sketch.of("impact")
        .set("purpose", purpose)
        .enteredBy(audience, SCHEDULE)
        .awaits("Wait", "test.a")
        .way("Wait")
        .deploy(deployments, versions);
  }
}
