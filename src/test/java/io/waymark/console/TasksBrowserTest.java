package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskOffer;
import io.waymark.advisor.TaskRouting;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.time.LocalDate;
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
class TasksBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired Advisors advisors;
  @Autowired TaskRouting routing;
  @Autowired MovableClock clock;

  String branch;
  StaffMember owner;
  StaffMember colleague;
  String ref;
  String task;
  String mobile;

  @BeforeEach
  void give_an_advisor_a_task() {
    People people = new People(directory, branches, encoder);
    branch = "T" + UUID.randomUUID().toString().substring(0, 6);
    owner = advisor(people);
    colleague = advisor(people);
    ref = branch + "-1";
    mobile = "139%08d".formatted(Math.floorMod(branch.hashCode(), 100_000_000));
    task = UUID.randomUUID().toString();
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "王小明",
                LocalDate.of(1980, 5, 1),
                branch,
                owner.username(),
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of("mobile", mobile),
                Map.of("tier", "growth"))),
        "test");
    long customer = customers.idsOf(List.of(ref)).get(ref);
    routing.assign(
        new TaskOffer(
            task,
            customer,
            branch,
            1,
            "onboarding",
            "Task_Advisor",
            "电话回访：未入金客户",
            null,
            Set.of("will_fund", "considering", "refused"),
            clock.instant(),
            8));
  }

  @Test
  void only_the_holder_sees_whom_to_call_and_may_answer(Browser browser) {
    browser.signIn(owner.username(), People.PASSWORD);
    browser.screenshot("advisor-home");
    browser.open("/tasks");
    browser.screenshot("tasks");
    browser.page().click("a:has-text('电话回访：未入金客户')");

    assertThat(browser.page().content()).contains("王小明", mobile, "愿意入金");
    browser.screenshot("task");
    assertThat(browser.page().locator("#to option").allInnerTexts()).hasSize(2);
    browser.signOut();
    browser.signIn(colleague.username(), People.PASSWORD);
    browser.open("/tasks/" + task);
    assertThat(browser.page().content()).doesNotContain("王小明", mobile);
    assertThat(browser.page().locator("[name=outcome]").count()).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void another_branch_finds_no_such_task(Browser browser) {
    StaffMember stranger =
        new People(directory, branches, encoder).of(Role.ADVISOR, "X" + branch, "外地营业部");
    browser.signIn(stranger.username(), People.PASSWORD);

    browser.open("/tasks/" + task);

    assertThat(browser.page().locator("h1").innerText()).isEqualTo("没有找到");
    browser.open("/customers/" + ref);
    assertThat(browser.page().locator("h1").innerText()).isEqualTo("没有找到");
  }

  private StaffMember advisor(People people) {
    StaffMember member = people.of(Role.ADVISOR, branch, "测试营业部");
    advisors.save(
        new AdvisorProfile(
            member.username(), branch, Set.of(), LocalDate.of(2030, 1, 1), 10, null, null, false),
        "test");
    return member;
  }
}
