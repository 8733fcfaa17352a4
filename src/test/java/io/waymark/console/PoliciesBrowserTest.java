package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class PoliciesBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired PolicyDocuments documents;

  People people;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部")));
  }

  @Test
  void a_marketer_proposes_a_contact_policy_and_an_officer_reads_the_change_and_approves(
      Browser browser) {
    StaffMember marketer = people.of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    String version = "contact-page-" + UUID.randomUUID().toString().substring(0, 8);

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/policies");
    browser.screenshot("policies");
    browser.page().click("main a:has-text('触达政策')");
    browser.page().waitForSelector("#source");
    String source = browser.page().inputValue("#source");
    browser.page().fill("#version", version);
    // In force long after every other test.
    browser.page().fill("#from", "2095-01-01");
    browser.page().fill("#source", source.replaceFirst("max: 1\n", "max: 0\n"));
    browser.page().click("form[action$=contact] button[type=submit]");
    browser.page().waitForSelector(".wm-banner.wm-bad:not([hidden])");
    browser.screenshot("policy-refused");
    assertThat(browser.page().inputValue("#version")).isEqualTo(version);
    browser.page().fill("#source", source.replaceFirst("max: 1\n", "max: 2\n"));
    browser.page().click("form[action$=contact] button[type=submit]");
    browser.page().waitForSelector(".wm-lines");
    browser.page().click("button:has-text('提交复核')");
    browser.page().waitForURL("**/reviews/*");
    assertThat(browser.page().locator("form[action$=decide]").count()).as("his own").isZero();

    browser.signOut();
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/policies/contact/" + version);
    browser.page().waitForSelector(".wm-lines ins");
    browser.screenshot("policy-diff");
    assertThat(browser.page().locator(".wm-lines ins").allInnerTexts())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("max: 2"));
    browser.page().click("a:has-text('核对并决定')");
    browser.page().waitForSelector("form[action$=decide]");
    browser.page().click("form[action$=decide] button:has-text('同意')");
    browser.page().waitForSelector(".wm-banner.wm-good:has-text('直到有新的版本')");
    assertThat(documents.find("contact", version).orElseThrow().approvedBy())
        .isEqualTo(officer.username());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_officer_reads_which_text_must_carry_what_and_a_wrong_change_is_refused_by_name(
      Browser browser) throws IOException {
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/policies/required-elements");
    String source = browser.page().inputValue("#source");
    browser.page().fill("#version", "elements-page");
    browser.page().fill("#source", source.replace("example: 推广材料", "example: 宣传"));
    browser.page().click("form[action$=required-elements] button[type=submit]");
    browser.page().waitForSelector(".wm-banner.wm-bad:has-text('promotion_mark')");

    browser.page().click("main td.wm-mono a");
    browser.page().waitForSelector("section:has-text('定投风险声明')");
    browser.screenshot("required-elements");
    assertThat(browser.page().locator("main tr:has-text('定投风险声明')").innerText())
        .contains("类别 C", "所有渠道");
    Download file =
        browser.page().waitForDownload(() -> browser.page().click("a:has-text('下载这一版')"));
    assertThat(Files.readString(file.path())).isEqualTo(source);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void why_a_customer_may_not_be_reached_is_told_gate_by_gate(Browser browser) {
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    String ref = "W" + UUID.randomUUID().toString().substring(0, 8);
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "王小明",
                LocalDate.of(1986, 5, 1),
                "SH01",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "test");
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/customers/" + ref);
    browser.page().click("a:has-text('能否触达')");
    browser.page().waitForSelector("#f-template");
    browser.page().fill("#f-template", "no-such-text");
    browser.page().click("form.wm-filter button");
    browser.page().waitForSelector(".wm-gates");
    browser.screenshot("contact-check");
    assertThat(browser.page().locator("main").innerText())
        .contains("现在不能触达", "内容审批", "没有对该客户用过这个模板");
    browser.page().fill("#f-at", "2026-11-01T10:00");
    browser.page().click("form.wm-filter button");
    browser.page().waitForSelector(".wm-banner:has-text('当时不能触达')");
    assertThat(browser.page().locator("main").innerText()).contains("按当前资料");
    browser.screenshot("contact-check-past");
    assertThat(browser.complaints()).isEmpty();
  }
}
