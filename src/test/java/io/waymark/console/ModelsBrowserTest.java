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
import io.waymark.segment.churn.ChurnModels;
import io.waymark.segment.lifecycle.LifecyclePolicyKind;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelHouse;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.tagging.RuleTags;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Models as the people of the house use them: trained, tried, approved, looked at. */
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
  @Autowired ChurnModels churn;
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
    churn.all().stream()
        .filter(one -> one.endedAt() == null)
        .forEach(one -> churn.end(one.id(), "test"));
    house.quiet();
  }

  @Test
  void a_model_is_trained_by_one_approved_by_another_and_explains_a_customer(Browser browser) {
    String branch = house.ownBranch();
    List<Long> crowd = crowd(branch, 450);
    StaffMember marketer = people.everywhere(Role.MARKETER);
    StaffMember officer = people.everywhere(Role.COMPLIANCE);

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/models/churn");
    Page page = browser.page();
    page.click("button:has-text('训练新模型')");
    browser.screenshot("models-train-ask");
    page.click("#wm-confirm [value=yes]");
    page.waitForSelector("text=已开始训练");
    house.work();
    page.waitForSelector("text=待批准");
    page.click("td a:has-text('#')");
    page.waitForSelector("text=须由训练人以外的合规人员批准");
    browser.signOut();

    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/models/churn/" + churn.all().get(0).id());
    browser.screenshot("models-churn-model");
    page.click("button:has-text('批准使用')");
    page.click("#wm-confirm [value=yes]");
    page.waitForSelector("text=已批准，开始计算分数");
    house.work();
    browser.open("/models/churn");
    page.waitForSelector("text=使用中");
    browser.screenshot("models-churn");

    runs.ask("decay", "", "test");
    runs.ask("lifecycle", "", "test");
    runs.ask("value", "", "test");
    house.work();
    long one = scored(crowd);
    browser.open("/models/person?ref=" + customers.refsOf(List.of(one)).get(one));
    assertThat(page.locator("main").innerText()).contains("距上次交易（天）", "流失模型 #", "生命周期阶段", "衰减信号");
    browser.screenshot("models-person");
    browser.open("/models/decay?signal=trade");
    browser.screenshot("models-decay");
    browser.open("/models");
    assertThat(page.locator("#wm-runs").innerText())
        .contains("RFM 与分层", "生命周期阶段", "衰减信号", "流失概率", "已完成");
    browser.screenshot("models-all");
    assertThat(browser.complaints()).isEmpty();
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

  private long scored(List<Long> crowd) {
    return jdbc.sql("select customer_id from churn_score where customer_id = any(?) limit 1")
        .param(crowd.toArray(Long[]::new))
        .query(Long.class)
        .single();
  }

  /** People who trade at a pace of their own and leave one day. */
  private List<Long> crowd(String branch, int many) {
    Random random = new Random(5);
    List<Long> ids = house.customers(many);
    for (long id : ids) {
      double gap = 8 + 60 * random.nextDouble();
      double leaves = 1000 * random.nextDouble() - 400;
      for (double day = 500 - 100 * random.nextDouble();
          day > Math.max(0, leaves);
          day -= 0.2 + gap * random.nextDouble() * 2) {
        Instant at = clock.instant().minusMillis((long) (day * 86_400_000));
        house.event(id, "trade.executed", at, Map.of("amount", 1000 + random.nextInt(9000)));
      }
    }
    return ids;
  }
}
