package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.console.People;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.rehearsal.Assumptions;
import io.waymark.journey.rehearsal.RehearsalRunner;
import io.waymark.journey.rehearsal.RehearsalWish;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.Browser;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** A marketer tries a journey out before it goes live, alone. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class RehearsalBrowserTest {

  private static final String MARKETER = "traveller-marketer";
  private static final double PATIENCE_MILLIS = 120_000;

  @Autowired Travellers travellers;
  @Autowired StaffDirectory staff;
  @Autowired PasswordEncoder encoder;
  @Autowired Audiences audiences;
  @Autowired JourneyDeployments deployments;
  @Autowired RehearsalRunner runner;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private long version;

  @BeforeEach
  void a_marketer_has_a_journey() {
    travellers.open();
    staff.save(
        new StaffMember(MARKETER, "营销", Role.MARKETER, Travellers.BRANCH, false, true),
        encoder.encode(People.PASSWORD));
    version = travellers.versions.live("win-back").orElseThrow().id();
  }

  @Test
  void one_customer_is_walked_step_by_step_and_kept_as_a_test(Browser browser) {
    browser.signIn(MARKETER, People.PASSWORD);
    Page page = browser.open("/rehearsals/walk?script=v" + version);
    page.fill("#tags", "asset_total=20000");
    page.click("button[value=begin]");
    page.waitForSelector("#walk-now");
    assertThat(page.textContent("#walk-now")).contains("等客户查看");
    assertThat(page.textContent("body")).contains("持仓检视");

    page.click("button[value=fails]");
    page.waitForSelector("#walk-acts");
    assertThat(page.textContent("#walk-acts")).contains("fails");
    page.click("button[value='pass P3D']");
    page.waitForSelector("button[value='answer no_time']");
    page.waitForSelector(".wm-canvas[data-drawn=yes]");
    browser.screenshot("rehearsal-walk");
    page.click("button[value='answer no_time']");
    page.waitForSelector("#name");
    assertThat(page.textContent("#walk-now")).contains("已离开");

    page.fill("#name", "没空就离开 " + UUID.randomUUID().toString().substring(0, 6));
    page.click("form[action$='/rehearsals/tests'] button[type=submit]");
    page.waitForURL("**/rehearsals/tests");
    page.locator("form[action$='/run'] button").last().click();
    page.waitForSelector(".wm-banner:not([hidden])");
    assertThat(page.textContent("main")).contains("测试通过");
    browser.screenshot("rehearsal-tests");
  }

  @Test
  void an_audience_is_rehearsed_and_its_figures_are_read(Browser browser) {
    String audience = audienceOf(12);
    browser.signIn(MARKETER, People.PASSWORD);
    Page page = browser.open("/rehearsals?version=" + version);
    page.selectOption("#audience", audience);
    page.fill("#days", "20");
    page.fill("#events", "holding.reviewed 40% 3-40");
    browser.screenshot("rehearsals");
    page.click("form[action$='/rehearsals'] button[type=submit]");
    page.waitForSelector(
        "text=走过的路径", new Page.WaitForSelectorOptions().setTimeout(PATIENCE_MILLIS));
    page.reload();
    page.waitForSelector(".wm-canvas[data-drawn=yes]");
    assertThat(page.textContent("main")).contains("邀请进入", "假设", "投顾负荷");
    browser.screenshot("rehearsal");
  }

  @Test
  void two_versions_are_compared_on_a_sample_of_the_same_people(Browser browser) {
    String audience = audienceOf(14);
    Sketch sketch = Sketch.of("compared").awaits("Wait", "test.a").way("Wait");
    long first = sketch.publish(deployments, travellers.versions).id();
    long second = told(sketch.next()).deploy(deployments, travellers.versions).id();
    browser.signIn(MARKETER, People.PASSWORD);
    Page page = browser.open("/rehearsals?version=" + first);
    assertThat(page.textContent("main")).contains("不会让客户进入别的旅程");
    page.selectOption("#other", Long.toString(second));
    page.selectOption("#audience", audience);
    page.fill("#days", "20");
    page.fill("#most", "10");
    page.click("form[action$='/rehearsals'] button[type=submit]");
    page.waitForSelector(
        "#wm-compared", new Page.WaitForSelectorOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(page.textContent("#wm-compared")).contains("进入", "发出消息");
    browser.screenshot("rehearsal-compared");
  }

  @Test
  void a_rehearsal_is_seen_going_and_can_be_cancelled(Browser browser) {
    String audience = audienceOf(3);
    browser.signIn(MARKETER, People.PASSWORD);
    Page page = null;
    while (page == null) {
      long before =
          runner.start(
              new RehearsalWish(List.of(version), audience, 90, 10, Assumptions.usual()),
              BranchScope.everywhere(),
              MARKETER);
      page = transaction.execute(status -> cancelled(before, audience, browser));
    }
    page.waitForSelector(
        "text=预演已取消", new Page.WaitForSelectorOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(page.textContent("main")).contains("已取消").doesNotContain("走过的路径");
    browser.screenshot("rehearsal-cancelled");
  }

  /**
   * While the row of the one before is locked, whoever plays it cannot tell how far it is, and the
   * next one waits. Null when it was over too soon.
   */
  private @Nullable Page cancelled(long before, String audience, Browser browser) {
    String state =
        jdbc.sql("select status from rehearsal where id = ? for update")
            .param(before)
            .query(String.class)
            .single();
    if (!state.equals("running")) {
      return null;
    }
    Page page = browser.open("/rehearsals?version=" + version);
    page.selectOption("#audience", audience);
    page.click("form[action$='/rehearsals'] button[type=submit]");
    page.waitForSelector("form[action$='/cancel'] button");
    assertThat(page.textContent("main")).contains("进行中");
    browser.screenshot("rehearsal-running");
    page.click("form[action$='/cancel'] button");
    page.waitForSelector("text=正在取消");
    return page;
  }

  private static Sketch told(Sketch sketch) {
    return sketch
        .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
        .awaits("Wait", "test.a")
        .way("Send", "Wait");
  }

  private String audienceOf(int people) {
    String mark = "b" + UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < people; i++) {
      travellers.somebody().tagged("enrol_run", mark);
    }
    audiences.save(
        new AudienceDraft(
            "aud-" + mark, "预演人群", "tag enrol_run = '" + mark + "'", Purpose.SERVICE, null),
        "author");
    return "aud-" + mark;
  }
}
