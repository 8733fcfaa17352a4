package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.customer.Customers;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.lifecycle.LifecyclePolicyKind;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelHouse;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.tagging.RuleTags;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.time.Duration;
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

/** Models as the people of the house use them: tried out and switched on. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class ModelsBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired EventTypes types;
  @Autowired ModelRuns runs;
  @Autowired ModelFeed feed;
  @Autowired RuleTags ruleTags;
  @Autowired TagRegistry registry;
  @Autowired PolicyDocuments policies;
  @Autowired LifecyclePolicyKind lifecycleKind;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private ModelHouse house;
  private People people;

  @BeforeEach
  void house() {
    house = new ModelHouse(customers, branches, directory, types, runs, feed, jdbc);
    people = new People(directory, branches, encoder);
    house.quiet();
  }

  @AfterEach
  void ended() {
    house.quiet();
  }

  @Test
  void a_new_version_of_the_stages_is_tried_before_it_is_approved(Browser browser) {
    String branch = house.ownBranch();
    long customer = house.customer(branch);
    runs.ask("lifecycle", "", "test");
    house.work();
    assertThat(house.value(customer, "lifecycle_stage")).isEqualTo("awareness");
    String version = "b" + UUID.randomUUID().toString().substring(0, 8);
    policies.propose(
        new PolicyDraft(
            LifecyclePolicyKind.CODE,
            version,
            clock.instant().plus(Duration.ofDays(1)),
            lifecycleKind
                .shipped()
                .source()
                .replace(
                    "enter: event account.opened exists", "enter: never event account.opened")),
        "author");
    StaffMember marketer = people.of(Role.MARKETER, branch, "模型测试营业部");

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/models/lifecycle");
    Page page = browser.page();
    page.locator("tr", new Page.LocatorOptions().setHasText(version))
        .locator("button:has-text('试算')")
        .click();
    page.waitForSelector("text=已开始试算");
    house.work();
    page.waitForSelector("#wm-trial td:has-text('获客')");
    browser.screenshot("models-lifecycle");
    assertThat(page.locator("#wm-trial tbody tr").allInnerTexts())
        .singleElement()
        .satisfies(row -> assertThat(row).contains("感知", "获客", "1"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void the_rule_of_a_tag_is_tried_and_switched_on(Browser browser) {
    String branch = house.ownBranch();
    long customer = house.customer(branch);
    String tag = "bt" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    registry.save(
        new TagDefinition(
            tag,
            "年龄组",
            "按年龄分的组，测试用。",
            TagType.TEXT,
            TagSource.RULE,
            "测试",
            null,
            PrivacyClass.PUBLIC,
            Set.of(),
            List.of(),
            true,
            "adult: age >= 18\nchild: 其余"),
        "test");
    StaffMember marketer = people.of(Role.MARKETER, branch, "模型测试营业部");

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/tags/" + tag);
    Page page = browser.page();
    page.click("a:has-text('试算')");
    page.waitForSelector("td:has-text('adult')");
    browser.screenshot("tag-trial");
    browser.open("/tags/" + tag);
    page.click("button:has-text('启用规则')");
    page.click("#wm-confirm [value=yes]");
    page.waitForSelector("text=已启用");
    browser.screenshot("tag-rule");
    house.work();
    assertThat(house.value(customer, tag)).isEqualTo("adult");
    ruleTags.switchOff(tag, "test");
    assertThat(browser.complaints()).isEmpty();
  }
}
