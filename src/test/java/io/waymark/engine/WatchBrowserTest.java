package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.console.People;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.watch.Watchdog;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.Browser;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** An operator is told of a stuck journey, sees why, and mends it. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class WatchBrowserTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Watchdog watchdog;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired JdbcClient jdbc;

  @Test
  void an_operator_finds_a_stuck_journey_by_its_alert_and_mends_it(Browser browser) {
    travellers.open();
    travellers.settle();
    Sketch sketch = Sketch.of("stuck").awaits("Wait", "test.a").goal("test.goal").way("Wait");
    sketch.publish(deployments, versions);
    List<Traveller> people =
        IntStream.range(0, 3).mapToObj(i -> travellers.somebody().does(sketch.entry())).toList();
    people.forEach(
        one ->
            jdbc.sql("delete from act_ru_event_subscr where proc_inst_id_ = ?")
                .param(one.instance())
                .update());
    watchdog.look();

    browser.signIn(
        new People(staff, branches, encoder).everywhere(Role.OPERATOR).username(), People.PASSWORD);
    browser.screenshot("watch-home");
    browser.page().click("a.wm-figure:has-text('值守告警')");
    Page page = browser.page();
    page.selectOption("#f-journey", sketch.key());
    page.waitForSelector("#wm-list tr:has-text('无人唤醒')");
    browser.screenshot("watch");
    page.click("a:has-text('无人唤醒')");
    assertThat(page.locator("tbody tr").count()).isEqualTo(3);
    page.fill("#note", "正在查原因");
    page.click("button:has-text('我来跟进')");
    page.waitForSelector(".wm-banner:has-text('跟进中')");
    page.click("a:has-text('重试、跳过、移动或结束')");
    page.selectOption("#act", "end");
    page.click("button:has-text('预览')");
    browser.screenshot("watch-moves");
    assertThat(page.locator("tbody tr").count()).isEqualTo(3);
    page.locator("tbody tr").last().locator("input").uncheck();
    page.locator("tbody tr").first().locator("input").uncheck();
    page.fill("#reason", "客户已要求退出");
    page.click(".card-body button:has-text('结束旅程')");
    page.click("#wm-confirm [value=yes]");
    page.waitForSelector(".wm-banner:has-text('已处理 1 位客户')");
    watchdog.look();
    page.reload();
    page.fill("#reason", "升级时漏建了等待,重新到达");
    browser.screenshot("watch-alert");
    page.click("button:has-text('让客户重新到达该节点')");
    page.waitForSelector("#wm-confirm[open]");
    page.click("#wm-confirm [value=yes]");
    page.waitForSelector(".wm-banner:has-text('已处理 2 条')");
    watchdog.look();
    page.reload();
    browser.screenshot("watch-resolved");

    assertThat(page.locator(".badge:has-text('已消除')").count()).isPositive();
    List<Traveller> inside =
        people.stream().filter(one -> one.participation().leftAt() == null).toList();
    assertThat(inside).hasSize(2);
    inside.forEach(one -> one.standsAt("Wait").does("test.a").left("completed"));
    assertThat(browser.complaints()).isEmpty();
  }
}
