package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.Drawings;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.WaymarkTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A marketer draws a journey alone, with the steps beside the canvas and no typed code. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class DrawingBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Templates templates;
  @Autowired Drawings drawings;

  People people;
  TemplateVersion template;

  @BeforeEach
  void make_people_and_content() {
    people = new People(directory, branches, encoder);
    template = live("您好，请留意账户服务通知。");
  }

  @Test
  void a_marketer_draws_checks_mends_and_hands_in_a_journey(Browser browser) {
    StaffMember marketer = people.everywhere(Role.MARKETER);
    browser.signIn(marketer.username(), People.PASSWORD);
    Page page = browser.page();
    Drawing drawing = begun(browser, "画布测试旅程");

    // How customers enter.
    page.selectOption("[data-m-field=entry]", "waymark.journey-event");
    pick(page, "entryEvent", "account.opened");

    page.click("[data-m-step=check]");
    pick(page, "template", template.code());
    page.click("[data-m-step=gateway]");
    page.click("[data-m-step=send]");
    pick(page, "template", template.code());
    browser.screenshot("drawing-first");
    page.click("[data-m-step=wait-either]");
    browser.screenshot("drawing-either");
    assertThat(browser.complaints()).isEmpty();
    assertThat(drawing.revision()).isPositive();
  }

  private Drawing begun(Browser browser, String name) {
    browser.open("/journeys/drawings");
    browser.page().fill("#name", name);
    browser.page().click("button:has-text('开始画')");
    ready(browser);
    String url = browser.page().url();
    return drawings.find(Long.parseLong(url.substring(url.lastIndexOf('/') + 1))).orElseThrow();
  }

  private static void ready(Browser browser) {
    browser.page().waitForSelector("#wm-modeler[data-ready=yes]");
  }

  private static void pick(Page page, String field, String text) {
    Locator input = page.locator("[data-m-field='" + field + "'] input[role=combobox]");
    input.click();
    input.fill(text);
    page.click("[data-m-field='" + field + "'] li:has-text('" + text + "')");
  }

  private TemplateVersion live(String text) {
    TemplateVersion version =
        templates.submit(
            new TemplateMetadata(
                "drawn-" + UUID.randomUUID().toString().substring(0, 8),
                "画布测试通知",
                Channel.IN_APP,
                Purpose.SERVICE,
                "none",
                List.of(),
                null,
                false,
                Map.of(),
                null),
            text,
            "somebody");
    return HeldReviews.approve(templates, version, Instant.parse("2027-06-01T02:00:00Z"));
  }
}
