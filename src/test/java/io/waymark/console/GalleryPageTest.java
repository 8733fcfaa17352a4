package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingOrigin;
import io.waymark.journey.drawing.Drawings;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A marketer finds a ready journey, reads what it is for and takes a copy of his own. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class GalleryPageTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Drawings drawings;

  People people;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
  }

  @Test
  void a_marketer_takes_a_journey_from_the_shelf_and_stands_before_his_own_drawing(
      Browser browser) {
    StaffMember marketer = people.everywhere(Role.MARKETER);
    browser.signIn(marketer.username(), People.PASSWORD);
    Page page = browser.page();
    browser.open("/gallery");
    assertThat(page.locator(".wm-shelf > li").count()).isGreaterThanOrEqualTo(12);
    browser.screenshot("gallery");

    page.selectOption("#f-stage", "win_back");
    page.waitForURL("**stage=win_back**");
    assertThat(page.locator(".wm-shelf > li").count()).isEqualTo(1);
    page.click("text=沉睡唤醒（按原因）");

    page.locator("#drawing [data-element-id=Task_Call]").waitFor();
    assertThat(page.locator("body").innerText()).contains("不要用来", "推荐产品", "什么时候用");
    page.click("summary:has-text('沉睡客户一问短信')");
    assertThat(page.locator("details[open]").innerText()).contains("想请您", "示例证券股份有限公司");
    browser.screenshot("gallery-journey");

    page.click("text=用这条旅程");
    page.click("#wm-confirm [value=yes]");
    page.waitForURL("**/journeys/drawings/*");
    assertThat(page.locator("body").innerText()).contains("已复制到您名下");
    page.locator("[data-element-id=Task_Call]").first().waitFor();
    browser.screenshot("gallery-copied");

    List<Drawing> own = drawings.page("沉睡唤醒", marketer.username(), 0, 5);
    assertThat(own).hasSize(1);
    assertThat(own.get(0).origin()).isEqualTo(DrawingOrigin.GALLERY);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_officer_reads_the_shelf_and_takes_nothing_from_it(Browser browser) {
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/gallery/new-year-plan");
    assertThat(browser.page().locator("h1").innerText()).contains("新年规划");
    assertThat(browser.page().locator("text=用这条旅程").count()).isZero();
    assertThat(browser.page().locator("iframe").count()).isPositive();
  }
}
