package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.campaign.Campaign;
import io.waymark.advisor.campaign.Campaigns;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.People;
import io.waymark.customer.RiskTolerance;
import io.waymark.engine.campaign.CampaignRelease;
import io.waymark.journey.publication.PublicationRound;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A marketer pushes, an officer approves, an advisor works, the cap holds, the leader sees it. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class CampaignBrowserTest {

  @Autowired Travellers travellers;
  @Autowired ReviewDesk desk;
  @Autowired Reviews reviews;
  @Autowired Campaigns campaigns;
  @Autowired CampaignRelease release;
  @Autowired PublicationRound round;
  @Autowired Audiences audiences;
  @Autowired StaffDirectory staff;
  @Autowired Advisors advisors;
  @Autowired PasswordEncoder encoder;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final String word = "k" + UUID.randomUUID().toString().substring(0, 8);
  private final String advisor = word + "-advisor";
  private final String leader = word + "-leader";
  private final List<Traveller> people = new ArrayList<>();

  @BeforeEach
  void an_audience_and_a_team() {
    travellers.open();
    travellers.settle();
    clock.reset();
    String hash = encoder.encode(People.PASSWORD);
    employ(advisor, "林晨", hash, true);
    employ(leader, "周岚", hash, true);
    for (int i = 0; i < 3; i++) {
      Traveller one =
          travellers
              .somebody()
              .assessed(RiskTolerance.C5)
              .tagged("asset_avg_20d", "800000")
              .tagged("trading_months", "36")
              .tagged("education_high_risk", "true")
              .tagged("education_high_risk_at", "2026-01-05T10:00:00+08:00")
              .tagged(word, "yes");
      jdbc.sql("update customer set advisor = ? where id = ?").params(advisor, one.id()).update();
      people.add(one);
    }
    audiences.save(
        new AudienceDraft(
            word,
            "两融潜客 " + word,
            "tag " + word + " = 'yes'",
            Purpose.MARGIN_MARKETING,
            null,
            false),
        "author");
    travellers.assessImpact(word);
  }

  private void employ(String username, String name, String hash, boolean enabled) {
    staff.save(
        new StaffMember(username, name, Role.ADVISOR, Travellers.BRANCH, false, enabled), hash);
    advisors.save(
        new AdvisorProfile(
            username,
            Travellers.BRANCH,
            Set.of("margin"),
            LocalDate.of(2030, 1, 1),
            30,
            null,
            null,
            username.equals(leader)),
        "test");
  }

  @AfterEach
  void everybody_goes_home() {
    clock.reset();
    employ(advisor, "林晨", null, false);
    employ(leader, "周岚", null, false);
  }

  @Test
  void from_an_idea_at_head_office_to_the_advisors_desk(Browser browser) {
    browser.signIn(desk.author.username(), People.PASSWORD);
    Page page = browser.open("/campaigns");
    page.click("a:has-text('新建活动')");
    writes(page, browser);
    page.click("form[action$='/submit'] button");
    confirm(page);
    page.waitForSelector(".wm-banner.wm-good");
    Campaign campaign = campaigns.page(0, 1).get(0);
    assertThat(page.locator("form[action$='/submit']").count()).isZero();
    browser.screenshot("campaign-submitted");
    browser.signOut();

    Review review =
        reviews.latest(SubjectKind.JOURNEY, Long.toString(campaign.version())).orElseThrow();
    desk.agree(review, desk.reviewer);
    browser.signIn(desk.officer.username(), People.PASSWORD);
    browser.open("/campaigns/" + campaign.id());
    page.click(".wm-actions a:has-text('审核进度')");
    page.waitForSelector("form[action$=decide]");
    assertThat(page.content()).contains("每名投顾每个交易日最多 2 位", "先听客户");
    browser.screenshot("campaign-review");
    page.click("form[action$=decide] button:has-text('同意')");
    page.waitForSelector(".wm-banner.wm-good");
    browser.signOut();

    round.run();
    release.look();
    travellers.settle();
    release.look();
    travellers.settle();

    browser.signIn(advisor, People.PASSWORD);
    browser.open("/tasks");
    assertThat(page.locator("[data-row]").count()).as("the cap holds").isEqualTo(2);
    page.locator("[data-row] a").first().click();
    page.waitForURL("**/tasks/*");
    assertThat(page.content()).contains("策略与要求", "先听客户", "融资融券一对一沟通话术");
    page.locator("label:has-text('有意向')").first().click();
    page.selectOption("#answer_obstacle", "risk");
    page.fill("#answer_next_contact", "2026-11-30");
    page.check("input[name=answer_risk_told]");
    page.fill("#note", "想先了解利息");
    browser.screenshot("campaign-task");
    browser.phone();
    browser.screenshot("campaign-task-390");
    page.setViewportSize(1280, 900);
    page.locator("form[action$='/complete'] button").click();
    page.waitForURL("**/tasks");
    assertThat(page.locator("[data-row]").count()).isEqualTo(1);
    browser.signOut();

    browser.signIn(leader, People.PASSWORD);
    browser.open("/team");
    assertThat(page.locator("section:has(h2:has-text('" + word + "'))").innerText())
        .contains("林晨", "下发中");
    browser.screenshot("campaign-team");
    browser.signOut();

    browser.signIn(desk.author.username(), People.PASSWORD);
    browser.open("/campaigns/" + campaign.id());
    assertThat(page.locator(".wm-figure:has-text('等待下发') strong").innerText()).isEqualTo("1");
    assertThat(page.locator(".wm-figure:has-text('投顾处理中') strong").innerText()).isEqualTo("1");
    assertThat(page.locator(".wm-figure:has-text('已办结') strong").innerText()).isEqualTo("1");
    assertThat(page.content()).contains("有意向");
    browser.screenshot("campaign-progress");
    browser.phone();
    browser.screenshot("campaign-progress-390");
    page.setViewportSize(1280, 900);
    page.fill("#stop-reason", "本轮结束");
    page.click("form[action$='/stop'] button");
    confirm(page);
    page.waitForSelector(".wm-banner.wm-good");
    release.look();
    travellers.settle();
    browser.open("/campaigns");
    browser.screenshot("campaigns");
    assertThat(browser.complaints()).isEmpty();
  }

  private void writes(Page page, Browser browser) {
    page.fill("#c-name", word);
    page.selectOption("#c-audience", word);
    page.selectOption("#c-product", Travellers.MARGIN);
    page.selectOption("#c-goal", "margin.opened");
    page.fill("#c-strategy", "先听客户用过什么、能承受多大亏损，再讲条件、利息与强制平仓；客户没有意愿就到此为止。");
    page.selectOption("#c-talkTrack", "margin-talk-phone");
    page.selectOption("#c-materials", new String[] {"margin-conditions-sms"});
    page.selectOption("#c-survey", "satisfaction-survey-sms");
    page.selectOption("#c-qualification", "margin");
    page.fill("#c-dailyCap", "2");
    page.fill("#c-startsOn", "2026-11-23");
    page.fill("#c-endsOn", "2026-12-11");
    browser.screenshot("campaign-edit");
    page.click("button:has-text('保存')");
    page.waitForSelector("form[action$='/submit']");
    browser.screenshot("campaign-written");
  }

  private static void confirm(Page page) {
    page.locator("#wm-confirm button[value=yes]").click();
  }
}
