package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.abuse.AbuseCases;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.product.Products;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.ShippedSuitability;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Officers change the suitability policy by four eyes and decide a case, as they do it. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class SuitabilityBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired Products products;
  @Autowired CustomerEvents events;
  @Autowired PolicyDocuments policies;
  @Autowired AbuseCases cases;
  @Autowired MovableClock clock;

  People people;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部")));
  }

  @Test
  void one_officer_proposes_a_policy_and_another_approves_it(Browser browser, @TempDir Path folder)
      throws IOException {
    StaffMember author = people.everywhere(Role.COMPLIANCE);
    StaffMember other = people.everywhere(Role.COMPLIANCE);
    String version = "sb-" + UUID.randomUUID().toString().substring(0, 8);
    Path hostile = folder.resolve("hostile.dmn");
    Files.writeString(hostile, ShippedSuitability.source().replace("\"730\"", "\"9999\""));
    Path sound = folder.resolve("sound.dmn");
    Files.writeString(
        sound, ShippedSuitability.source().replace("<text>\"730\"</text>", "<text>\"365\"</text>"));

    browser.signIn(author.username(), People.PASSWORD);
    browser.open("/suitability");
    browser.screenshot("suitability");
    assertThat(browser.page().content()).contains("风险匹配", "适当性管理办法 22(3)");
    propose(browser, version, hostile);
    assertThat(browser.page().locator(".wm-banner.wm-bad:not([hidden])").innerText())
        .contains("须在 1 至 730 之间");
    propose(browser, version, sound);
    browser.page().waitForURL("**/suitability/versions/" + version);
    browser.page().click("button:has-text('提交复核')");
    browser.page().waitForURL("**/reviews/*");
    assertThat(browser.page().locator("form[action$=decide]").count()).as("his own").isZero();
    browser.signOut();

    browser.signIn(other.username(), People.PASSWORD);
    browser.open("/suitability/versions/" + version);
    browser.screenshot("suitability-version");
    browser.page().click("a:has-text('核对并决定')");
    browser.page().waitForSelector("form[action$=decide]");
    browser.screenshot("review-policy");
    assertThat(browser.page().locator("main ins").allInnerTexts())
        .anyMatch(line -> line.contains("365"));
    browser.page().click("form[action$=decide] button:has-text('同意')");
    browser.page().waitForSelector(".wm-banner.wm-good:has-text('直到有新的版本')");

    assertThat(policies.find("suitability", version).orElseThrow().approvedBy())
        .isEqualTo(other.username());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_officer_is_told_check_by_check_why_not(Browser browser) {
    String ref = "SB" + UUID.randomUUID().toString().substring(0, 8);
    open(ref, LegalStatus.NORMAL);
    products.upsertAll(
        List.of(
            new Product(
                "SB-FUND",
                "判定测试基金",
                "equity_fund",
                ProductRisk.R3,
                ProductRisk.R4,
                "某公司",
                "medium",
                "growth",
                "on_sale",
                Map.of())),
        "test");
    browser.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);
    browser.open("/suitability?customer=" + ref + "&product=SB-FUND");
    browser.screenshot("suitability-check");

    assertThat(browser.page().locator("#checks tbody tr").count()).isEqualTo(9);
    assertThat(browser.page().content()).contains("不得向该客户推介此产品", "管理人 R3，本公司 R4");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_officer_releases_a_case_with_a_reason(Browser browser) {
    String device = UUID.randomUUID().toString();
    List<String> refs =
        IntStream.range(0, 3)
            .mapToObj(i -> "SC" + UUID.randomUUID().toString().substring(0, 8))
            .toList();
    for (String ref : refs) {
      open(ref, LegalStatus.NORMAL);
      events.accept(
          "browser-test",
          List.of(
              new IncomingEvent(
                  UUID.randomUUID().toString(),
                  ref,
                  "account.opened",
                  clock.instant(),
                  Map.of("device", device))));
    }
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/abuse?status=open");
    browser.screenshot("abuse");
    browser.page().click("#wm-list tbody tr:first-child a");
    browser.page().waitForURL("**/abuse/*");
    assertThat(browser.page().content()).contains(refs);
    browser.screenshot("abuse-case");
    browser.page().fill("#reason", "家庭共用一台平板");
    browser.page().click("button[value=released]");
    browser.page().waitForSelector(".wm-banner.wm-good");

    assertThat(browser.page().content()).contains("已放行", "家庭共用一台平板", officer.username());
    String address = browser.page().url();
    long id = Long.parseLong(address.substring(address.lastIndexOf('/') + 1));
    assertThat(cases.find(id, BranchScope.everywhere()).orElseThrow().decidedBy())
        .isEqualTo(officer.username());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void classes_and_impact_assessments_are_kept_by_four_eyes_too(Browser browser) {
    String ref = "SD" + UUID.randomUUID().toString().substring(0, 8);
    open(ref, LegalStatus.NORMAL);
    StaffMember operator = people.everywhere(Role.OPERATOR);
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    browser.signIn(operator.username(), People.PASSWORD);
    browser.open("/investors");
    browser.page().fill("#customer", ref);
    browser.page().selectOption("#route", "art8_person");
    browser.page().fill("#materials", "档案 2026-17");
    browser.page().click("form[method=post][action$='/investors'] button");
    browser.page().waitForURL("**/investors/*");
    assertThat(browser.page().locator("button[value=approved]").count()).isZero();
    String address = browser.page().url();
    browser.signOut();

    browser.signIn(officer.username(), People.PASSWORD);
    browser.open(address.substring(address.indexOf("/investors")));
    browser.screenshot("investor");
    browser.page().click("button[value=approved]");
    browser.page().waitForSelector(".wm-banner.wm-good");
    browser.open("/investors");
    browser.screenshot("investors");
    assertThat(browser.page().content()).contains(ref, "已转化");

    browser.open("/impact");
    browser.screenshot("impact");
    assertThat(browser.page().content()).contains("两融潜在合格客户", "asset_avg_20d");
    assertThat(browser.complaints()).isEmpty();
  }

  private static void propose(Browser browser, String version, Path file) {
    browser.page().fill("#version", version);
    browser.page().fill("#from", "2093-01-01");
    browser.page().setInputFiles("#file", file);
    browser.page().click("form[action$='/suitability/versions'] button");
    browser.page().waitForLoadState();
  }

  private void open(String ref, LegalStatus status) {
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "李静",
                LocalDate.of(1980, 1, 1),
                "SH01",
                null,
                CustomerClass.ORDINARY,
                status,
                Map.of(),
                Map.of())),
        "test");
  }
}
