package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.console.People;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.Browser;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A marketer tries a journey out before it goes live, alone. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class RehearsalBrowserTest {

  private static final String MARKETER = "traveller-marketer";

  @Autowired Travellers travellers;
  @Autowired StaffDirectory staff;
  @Autowired PasswordEncoder encoder;
  @Autowired Audiences audiences;

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
    String mark = "b" + UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < 12; i++) {
      travellers.somebody().tagged("enrol_run", mark);
    }
    audiences.save(
        new AudienceDraft(
            "aud-" + mark, "预演人群", "tag enrol_run = '" + mark + "'", Purpose.SERVICE, null),
        "author");
    browser.signIn(MARKETER, People.PASSWORD);
    Page page = browser.open("/rehearsals?version=" + version);
    page.selectOption("#audience", "aud-" + mark);
    page.fill("#days", "20");
    page.fill("#events", "holding.reviewed 40% 3-40");
    browser.screenshot("rehearsals");
    page.click("form[action$='/rehearsals'] button[type=submit]");
    page.waitForSelector("text=走过的路径", new Page.WaitForSelectorOptions().setTimeout(60_000));
    page.reload();
    page.waitForSelector(".wm-canvas[data-drawn=yes]");
    assertThat(page.textContent("main")).contains("邀请进入", "假设", "投顾负荷");
    browser.screenshot("rehearsal");
  }
}
