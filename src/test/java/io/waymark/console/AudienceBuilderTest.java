package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.segment.Audience;
import io.waymark.segment.Audiences;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
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
class AudienceBuilderTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired Audiences audiences;

  String branch;
  String code;

  @BeforeEach
  void settle_one_in_one_out_and_one_unknown() {
    String mark = UUID.randomUUID().toString().substring(0, 6);
    branch = "BU" + mark;
    code = "built-" + mark;
    branches.saveAll(List.of(new Branch(branch, "上海张杨路营业部")));
    customers.importAll(
        List.of(
            customer("1", Map.of("asset_total", "800000")),
            customer("2", Map.of("asset_total", "100")),
            customer("3", Map.of())),
        "test");
  }

  private CustomerRecord customer(String name, Map<String, String> tags) {
    return new CustomerRecord(
        branch + "-" + name,
        "王小明",
        LocalDate.of(1980, 5, 1),
        branch,
        null,
        CustomerClass.ORDINARY,
        LegalStatus.NORMAL,
        Map.of(),
        tags);
  }

  @Test
  void a_marketer_builds_five_conditions_by_clicking_counts_asks_why_and_saves(Browser browser) {
    People people = new People(directory, branches, encoder);
    browser.page().setDefaultTimeout(60_000);
    browser.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    Page page = browser.open("/audiences/new");

    Locator tag = add(page, "tag_number");
    tag.locator("[data-field=tag]").selectOption("asset_total");
    tag = page.locator("[data-kind=tag_number]");
    page.waitForSelector(".wm-said");
    tag.locator("[data-field=number]").fill("500000");
    add(page, "age").locator("[data-field=count]").fill("18");
    add(page, "branch").locator("[data-field=values]").fill(branch);
    Locator event = add(page, "event_never");
    event.locator("[data-field=event]").selectOption("login");
    add(page, "class");
    waitForText(page, "#a-figures", "1 名客户符合");

    assertThat(page.locator("#a-rule").inputValue())
        .isEqualTo(
            """
            tag asset_total >= 500000
            and age >= 18
            and branch = '%s'
            and never event login within 30 days
            and class = ordinary\
            """
                .formatted(branch));
    assertThat(page.locator("#a-figures").innerText())
        .contains("1 名无法判断", branch + "-1")
        .doesNotContain("王小明", branch + "-2");
    page.fill("#a-customer", branch + "-2");
    page.click("#a-why button");
    waitForText(page, "#a-told", "不符合");
    assertThat(page.locator("#a-told").innerText()).contains("100(");
    browser.screenshot("audience-builder");
    assertThat(audiences.find(code)).as("nothing is saved by building").isEmpty();

    page.fill("#a-code", code);
    page.fill("#a-name", "五个条件");
    page.locator("[data-kind=age] [data-field=count]").fill("21");
    page.click("button[value=save]");
    page.waitForURL("**/audiences/" + code);
    assertThat(audiences.find(code).map(Audience::rule).orElseThrow()).contains("age >= 21");
    page.waitForSelector("[data-kind=event_never]");
    assertThat(page.locator(".wm-condition").count()).isEqualTo(5);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_is_written_is_drawn_and_a_mistake_is_told_where_it_stands(Browser browser) {
    People people = new People(directory, branches, encoder);
    browser.page().setDefaultTimeout(60_000);
    browser.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    Page page = browser.open("/audiences/new");
    page.waitForSelector("#a-builder [data-adds=condition]");

    page.fill("#a-rule", "age => 18");
    waitForText(page, "#a-builder", "第 1 行第 6 个字符");
    page.fill("#a-rule", "not (age >= 18 or tag t in ('a,b')) and tag tier in ('core', 'growth')");
    page.waitForSelector("[data-kind=tag_text]");
    assertThat(page.locator("[data-kind=not] [data-kind=text] input").inputValue())
        .isEqualTo("tag t = 'a,b'");
    assertThat(page.locator("[data-kind=tag_text] [data-field=values]").inputValue())
        .isEqualTo("core,growth");
    assertThat(
            page.locator(
                    "#a-builder input:not([id]), #a-builder select:not([id]):not([aria-label])")
                .count())
        .as("fields without a label")
        .isZero();
    browser.phone();
    browser.screenshot("audience-builder-phone");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void the_officer_reads_the_drawing_and_sees_who_uses_the_audience(Browser browser) {
    People people = new People(directory, branches, encoder);
    browser.page().setDefaultTimeout(60_000);
    browser.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);
    Page page = browser.open("/audiences/dca-lapsed");
    page.waitForSelector("#a-builder .wm-condition");

    assertThat(page.locator("#a-builder button:visible").count()).isZero();
    assertThat(page.locator("#a-builder [data-field]:enabled").count()).isZero();
    assertThat(page.locator("main").innerText()).contains("人群判断步骤");
    assertThat(browser.complaints()).isEmpty();
  }

  private static Locator add(Page page, String kind) {
    page.waitForSelector("#a-builder [data-adds=condition]");
    page.selectOption("#a-builder [data-adds=kind]", kind);
    page.click("#a-builder [data-adds=condition]");
    return page.locator("[data-kind=" + kind + "]");
  }

  private static void waitForText(Page page, String place, String text) {
    page.waitForSelector(place + ":has-text('" + text + "')");
  }
}
