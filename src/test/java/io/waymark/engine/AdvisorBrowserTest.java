package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkList;
import io.waymark.console.People;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.Browser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * An advisor answers the task of a journey, in the console or in Tasklist, and the journey goes on.
 */
@WithTravellers
@ExtendWith(Browser.Use.class)
class AdvisorBrowserTest {

  private static final String INTERVIEW = "Task_Interview";

  @Autowired Travellers travellers;
  @Autowired StaffDirectory staff;
  @Autowired PasswordEncoder encoder;
  @Autowired WorkList workList;

  private Traveller customer;
  private String task;

  @BeforeEach
  void a_customer_waits_for_his_advisor() {
    customer =
        travellers
            .somebody()
            .assessed(RiskTolerance.C3)
            .does("redemption.large")
            .entersByAudience("risk-warning");
    task = customer.task(INTERVIEW).getId();
    staff.save(staff.find(Travellers.ADVISOR).orElseThrow(), encoder.encode(People.PASSWORD));
  }

  @Test
  void answering_in_the_console_moves_the_journey_on(Browser browser) {
    browser.signIn(Travellers.ADVISOR, People.PASSWORD);
    Page page = browser.open("/tasks/" + task);

    page.locator("label:has(input[name=outcome][value=calm]), label[for*=calm]").first().click();
    page.locator("textarea[name=note]").fill("客户情绪平稳");
    page.locator("form[action$='/complete'] button").click();
    page.waitForURL("**/tasks");
    browser.screenshot("task-answered");

    answeredWith("calm");
  }

  @Test
  void answering_in_tasklist_moves_the_journey_on(Browser browser) {
    browser.signIn(Travellers.ADVISOR, People.PASSWORD);
    Page page = browser.open("/camunda/app/tasklist/default/#/?task=" + task);

    Locator complete = page.locator("button:has-text('Complete'), button:has-text('完成')").last();
    page.locator("input[type=radio]").first().waitFor();
    browser.screenshot("tasklist-form");
    page.locator("label:has-text('客户了解风险')").first().click();
    page.locator("textarea").first().fill("客户情绪平稳");
    complete.click();
    page.waitForCondition(() -> workList.find(task).orElseThrow().status() == TaskStatus.COMPLETED);

    answeredWith("calm");
  }

  private void answeredWith(String outcome) {
    var answered = workList.find(task).orElseThrow();
    assertThat(answered.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(answered.outcome()).isEqualTo(outcome);
    assertThat(answered.closedBy()).isEqualTo(Travellers.ADVISOR);
    customer.goesOn().left("completed");
  }
}
