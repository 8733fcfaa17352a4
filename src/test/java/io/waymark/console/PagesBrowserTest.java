package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class PagesBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired Consents consents;
  @Autowired RiskAssessments assessments;
  @Autowired CustomerEvents events;
  @Autowired MovableClock clock;

  People people;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部"), new Branch("BJ02", "北京金融街营业部")));
  }

  @Test
  void a_list_of_customers_narrows_without_a_reload_and_leads_to_one(Browser browser) {
    StaffMember marketer = people.of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    String prefix = "P" + UUID.randomUUID().toString().substring(0, 6);
    import30(prefix);
    browser.signIn(marketer.username(), People.PASSWORD);

    browser.open("/customers");
    browser.screenshot("customers");
    browser.page().fill("#f-q", prefix);
    browser.page().keyboard().press("Enter");
    browser.page().waitForURL("**q=" + prefix + "**");
    browser
        .page()
        .waitForCondition(() -> browser.page().locator("#wm-list tbody tr").count() == 25);
    browser.page().click("a[rel=next]");
    browser.page().waitForURL("**page=1**");

    assertThat(browser.page().locator("#wm-list tbody tr").count()).isEqualTo(4);
    assertThat(browser.page().content()).doesNotContain(prefix + "-29").doesNotContain("王小明");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void one_customer_is_told_whole(Browser browser) {
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    String prefix = "C" + UUID.randomUUID().toString().substring(0, 6);
    import30(prefix);
    life(prefix + "-1");
    browser.signIn(officer.username(), People.PASSWORD);

    browser.open("/customers/" + prefix + "-1");
    browser.screenshot("customer");

    assertThat(browser.page().locator(".wm-time").innerText()).contains("开户成功", "同意");
    browser.page().click(".wm-tabs a:has-text('事件')");
    browser.page().waitForURL("**kind=event**");
    assertThat(browser.page().locator(".wm-time").innerText()).doesNotContain("同意接收");
    browser.phone();
    browser.screenshot("customer-phone");
    browser.page().click("[data-wm-menu]");
    browser.page().waitForTimeout(400);
    browser
        .page()
        .screenshot(
            new com.microsoft.playwright.Page.ScreenshotOptions()
                .setPath(java.nio.file.Path.of("target/screenshots/menu-phone.png")));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_key_is_shown_once_and_revoked_after_a_question(Browser browser) {
    StaffMember administrator = people.everywhere(Role.ADMINISTRATOR);
    String name = "柜台系统 " + UUID.randomUUID().toString().substring(0, 6);
    browser.signIn(administrator.username(), People.PASSWORD);
    browser.open("/keys");
    browser.page().fill("#key-name", name);
    browser.page().check("input[value=ingest]");
    browser.page().click("button:has-text('创建密钥')");
    assertThat(browser.page().locator("#wm-key").innerText()).startsWith("wmk_");
    browser.screenshot("keys-created");

    browser.open("/keys");
    assertThat(browser.page().locator("#wm-key").count()).isZero();
    browser
        .page()
        .locator("tr", new com.microsoft.playwright.Page.LocatorOptions().setHasText(name))
        .locator("button")
        .click();
    browser.screenshot("keys-question");
    browser.page().click("#wm-confirm [value=no]");
    assertThat(browser.page().locator("tr:has-text('" + name + "')").count()).isEqualTo(1);
    browser.page().locator("tr:has-text('" + name + "') button").click();
    browser.page().click("#wm-confirm [value=yes]");
    browser.page().waitForSelector(".wm-banner:has-text('密钥已作废')");
    browser.screenshot("keys");

    assertThat(browser.page().locator("tr:has-text('" + name + "')").count()).isZero();
    browser.open("/staff");
    browser.screenshot("staff");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void empty_pages_say_what_to_do(Browser browser) {
    StaffMember advisor = people.of(Role.ADVISOR, "GZ0" + (int) (Math.random() * 9), "广州天河营业部");
    browser.signIn(advisor.username(), People.PASSWORD);
    browser.screenshot("advisor-home-empty");
    browser.open("/tasks");
    browser.screenshot("tasks-empty");
    assertThat(browser.page().locator(".wm-empty").innerText()).contains("没有任务");
    browser.open("/customers?q=nobody");
    browser.screenshot("customers-empty");
    browser.open("/staff");
    browser.screenshot("forbidden");
    assertThat(browser.page().locator("h1").innerText()).contains("不能打开此页");
    browser.open("/customers/nobody");
    browser.screenshot("missing");
    assertThat(browser.page().locator("h1").innerText()).contains("没有找到");
  }

  @Test
  void the_journeys_are_drawn(Browser browser) {
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    browser.signIn(officer.username(), People.PASSWORD);
    browser.screenshot("home-full");
    browser.open("/journeys");
    browser.screenshot("journeys");
    browser.page().click("td a:has-text('新客户开户引导')");
    browser.page().waitForSelector("[data-drawn=yes]");
    browser.screenshot("journey");
    assertThat(browser.complaints()).isEmpty();
  }

  private void import30(String prefix) {
    List<CustomerRecord> rows = new ArrayList<>();
    String[] names = {"王小明", "李思远", "张可欣", "刘一鸣", "欧阳静"};
    String[] tiers = {"core", "growth", "mass", "dormant"};
    for (int i = 0; i < 30; i++) {
      rows.add(
          new CustomerRecord(
              prefix + "-" + i,
              names[i % names.length],
              LocalDate.of(1970 + i, 5, 1),
              i == 29 ? "BJ02" : "SH01",
              null,
              i % 7 == 0 ? CustomerClass.PROFESSIONAL : CustomerClass.ORDINARY,
              i == 5 ? LegalStatus.COMPLAINT_HOLD : LegalStatus.NORMAL,
              Map.of(
                  "mobile",
                  "138" + String.format("%08d", Math.abs((prefix + i).hashCode() % 100_000_000))),
              Map.of("tier", tiers[i % 4], "asset_total", String.valueOf(120_000 + i * 7_000))));
    }
    var report = customers.importAll(rows, "test");
    assertThat(report.problems()).isEmpty();
  }

  private void life(String ref) {
    Instant now = clock.instant();
    assertThat(
            consents
                .record(
                    List.of(
                        consent(
                            ref, Purpose.PRODUCT_MARKETING, Channel.SMS, ConsentState.GRANTED, now),
                        consent(ref, Purpose.EDUCATION, Channel.EMAIL, ConsentState.GRANTED, now),
                        consent(
                            ref, Purpose.MARGIN_MARKETING, Channel.SMS, ConsentState.REFUSED, now)),
                    "test")
                .problems())
        .isEmpty();
    assessments.record(
        List.of(
            new AssessmentRow(
                ref,
                new RiskAssessment(
                    RiskTolerance.C3,
                    false,
                    now.minus(Duration.ofDays(20)),
                    now.plus(Duration.ofDays(700)),
                    "medium",
                    Set.of(),
                    "growth"))),
        "test");
    events.accept(
        "app",
        List.of(
            event(ref, "account.opened", now.minus(Duration.ofDays(21)), Map.of("channel", "sms")),
            event(ref, "login", now.minus(Duration.ofDays(3)), Map.of("device", "ios")),
            event(
                ref,
                "fund.page_viewed",
                now.minus(Duration.ofHours(3)),
                Map.of("product", "000123")),
            event(
                ref, "account.funded", now.minus(Duration.ofHours(2)), Map.of("amount", "50000"))));
  }

  private static ConsentChange consent(
      String ref, Purpose purpose, Channel channel, ConsentState state, Instant now) {
    return new ConsentChange(
        ref, purpose, channel, state, "app", "2026-03", now.minus(Duration.ofDays(20)), null, null);
  }

  private static IncomingEvent event(
      String ref, String type, Instant at, Map<String, Object> properties) {
    return new IncomingEvent(UUID.randomUUID().toString(), ref, type, at, properties);
  }
}
