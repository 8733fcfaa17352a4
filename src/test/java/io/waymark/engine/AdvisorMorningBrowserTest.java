package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkList;
import io.waymark.console.People;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Ten customers wait for one advisor, who will be away next week; then the leader's turn. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class AdvisorMorningBrowserTest {

  private static final String MORNING = "morning-advisor";

  @Autowired Travellers travellers;
  @Autowired StaffDirectory staff;
  @Autowired Advisors advisors;
  @Autowired PasswordEncoder encoder;
  @Autowired WorkList workList;
  @Autowired JdbcClient jdbc;

  private final List<String> tasks = new ArrayList<>();

  @BeforeEach
  void ten_customers_wait() {
    travellers.open();
    String hash = encoder.encode(People.PASSWORD);
    staff.save(member(true), hash);
    staff.save(staff.find(Travellers.LEADER).orElseThrow(), hash);
    advisors.save(
        new AdvisorProfile(
            MORNING,
            Travellers.BRANCH,
            Set.of("margin", "advisory"),
            LocalDate.of(2030, 1, 1),
            30,
            null,
            null,
            false),
        "test");
    for (int i = 0; i < 10; i++) {
      Traveller customer = travellers.somebodyFor("risk-warning").assessed(RiskTolerance.C3);
      jdbc.sql("update customer set advisor = ? where id = ?")
          .params(MORNING, customer.id())
          .update();
      customer.does("redemption.large").entersByAudience("risk-warning");
      tasks.add(customer.task("Task_Interview").getId());
    }
  }

  /** Other tests count on who is there. */
  @AfterEach
  void goes_home() {
    staff.save(member(false), null);
  }

  private static StaffMember member(boolean enabled) {
    return new StaffMember(MORNING, "林晨", Role.ADVISOR, Travellers.BRANCH, false, enabled);
  }

  @Test
  void an_advisors_morning_and_the_leaders_noon(Browser browser) {
    browser.signIn(MORNING, People.PASSWORD);
    Page page = browser.open("/tasks");
    assertThat(page.locator("[data-row]").count()).isEqualTo(10);
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("k");
    assertThat(page.locator("tr.wm-at").count()).isEqualTo(1);
    browser.screenshot("morning-list");
    narrow(page);
    browser.screenshot("morning-list-390");
    wide(page);
    page.keyboard().press("Enter");
    page.waitForURL("**/tasks/*");

    answers(page, browser, tasks.get(0));
    sends(page, browser, tasks.get(1));
    callsBack(page, browser, tasks.get(2));
    handsOver(page, browser, tasks.get(3));
    refuses(page, browser, tasks.get(4));
    answersTogether(page, browser, tasks.subList(5, 9));
    asksForLeave(page, browser);
    browser.signOut();

    browser.signIn(Travellers.LEADER, People.PASSWORD);
    leads(browser.open("/team"), browser, tasks.get(9));
    assertThat(browser.complaints()).isEmpty();
  }

  private void answers(Page page, Browser browser, String task) {
    browser.open("/tasks/" + task);
    assertThat(page.content()).contains("为何现在", "不得说", "可以发给客户的材料");
    browser.screenshot("morning-task");
    narrow(page);
    browser.screenshot("morning-task-390");
    wide(page);
    page.keyboard().press("1");
    page.keyboard().press("n");
    page.keyboard().type("客户情绪平稳");
    page.locator("form[action$='/complete'] button").click();
    page.waitForURL("**/tasks");
    AdvisorTask answered = task(task);
    assertThat(answered.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(answered.closedBy()).isEqualTo(MORNING);
  }

  private void sends(Page page, Browser browser, String task) {
    browser.open("/tasks/" + task);
    page.locator("form[action$='/send'] button").first().click();
    confirm(page);
    page.waitForSelector(".wm-banner.wm-good");
    assertThat(page.locator(".wm-banner.wm-good").innerText()).contains("闸门放行");
    browser.screenshot("morning-sent");
  }

  private void callsBack(Page page, Browser browser, String task) {
    browser.open("/tasks/" + task);
    page.locator("#call-at").fill("2026-11-24T14:30");
    page.locator("form[action$='/call-back'] button").click();
    page.waitForURL("**/tasks");
    assertThat(task(task).course().callBacks()).isEqualTo(1);
    assertThat(page.locator("[data-row]").last().innerText()).contains("约定");
  }

  private void handsOver(Page page, Browser browser, String task) {
    browser.open("/tasks/" + task);
    page.locator("#to").selectOption(Travellers.LEADER);
    page.locator("#why").selectOption("expertise");
    page.locator("form[action$='/hand-over'] button").click();
    confirm(page);
    page.waitForURL("**/tasks");
    assertThat(task(task).assignee()).isEqualTo(Travellers.LEADER);
    assertThat(task(task).course().movedBecause()).isEqualTo("expertise");
  }

  private void refuses(Page page, Browser browser, String task) {
    browser.open("/tasks/" + task);
    page.locator("#refuse-why").selectOption("conflict");
    page.locator("form[action$='/refuse'] button").click();
    confirm(page);
    page.waitForURL("**/tasks");
    assertThat(task(task).assignee()).isNotEqualTo(MORNING).isNotNull();
  }

  private void answersTogether(Page page, Browser browser, List<String> together) {
    browser.open("/tasks");
    page.locator(".wm-steps a").nth(1).click();
    page.waitForURL("**node=Task_Interview**");
    together.forEach(task -> page.locator("input[name=task][value='" + task + "']").check());
    page.locator("#batch-outcome").selectOption("calm");
    browser.screenshot("morning-batch");
    page.locator("form[action$='/tasks/batch'] button").click();
    confirm(page);
    page.waitForSelector(".wm-banner.wm-good");
    assertThat(page.locator(".wm-banner.wm-good").innerText()).contains("已办结 4 个任务");
    assertThat(together)
        .allSatisfy(task -> assertThat(task(task).status()).isEqualTo(TaskStatus.COMPLETED));
  }

  private void asksForLeave(Page page, Browser browser) {
    browser.open("/team");
    page.locator("#away-from").fill("2026-11-23");
    page.locator("#away-to").fill("2026-11-27");
    page.locator("form[action$='/team/absences'] button").click();
    page.waitForSelector(".wm-banner.wm-good");
    assertThat(page.content()).contains("待批准");
    assertThat(page.locator("form[action$='/approve']").count()).isZero();
    browser.screenshot("morning-absence");
  }

  private void leads(Page page, Browser browser, String task) {
    browser.screenshot("team-leader");
    narrow(page);
    browser.screenshot("team-leader-390");
    wide(page);
    page.locator("input[name=task][value='" + task + "']").check();
    page.locator("#reassign-to").selectOption(Travellers.ADVISOR);
    page.locator("form[action$='/reassign'] button").click();
    confirm(page);
    page.waitForSelector(".wm-banner.wm-good");
    assertThat(page.locator(".wm-banner.wm-good").first().innerText()).contains("已调配 1 个任务");
    assertThat(task(task).assignee()).isEqualTo(Travellers.ADVISOR);
    // The call the absent advisor had agreed on cannot wait until the return.
    page.locator("form[action$='/approve'] button").first().click();
    page.waitForSelector(".wm-banner.wm-good");
    page.waitForCondition(() -> !MORNING.equals(task(tasks.get(2)).assignee()));
    browser.screenshot("team-approved");
  }

  private AdvisorTask task(String task) {
    return workList.find(task).orElseThrow();
  }

  private static void confirm(Page page) {
    page.locator("#wm-confirm button[value=yes]").click();
  }

  private static void narrow(Page page) {
    page.setViewportSize(390, 844);
    // The side bar slides away.
    page.waitForTimeout(500);
  }

  private static void wide(Page page) {
    page.setViewportSize(1280, 900);
  }
}
