package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.console.People;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.Browser;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** In Cockpit an operator sees the way of an instance, its messages, and the way to the console. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class CockpitBrowserTest {

  private static final String COCKPIT = "/camunda/app/cockpit/default/#/";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;

  private Traveller traveller;
  private JourneyVersion version;

  @BeforeEach
  void somebody_waits() {
    travellers.open();
    travellers.settle();
    Sketch sketch =
        Sketch.of("cockpit")
            .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
            .awaits("Wait", "test.a")
            .goal("test.goal")
            .way("Send", "Wait");
    version = sketch.publish(deployments, versions);
    traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait");
  }

  @Test
  void the_tab_of_an_instance_shows_its_way_its_messages_and_links_to_the_console(Browser browser) {
    signIn(browser);
    Page page = browser.open(COCKPIT + "process-instance/" + traveller.instance() + "/runtime");

    page.click(".nav-tabs a:has-text('路标')");
    page.waitForSelector(".wm-cockpit table");
    browser.screenshot("cockpit-instance");

    String shown = page.locator(".wm-cockpit").innerText();
    assertThat(shown)
        .contains("Send", "完成", "在此", "onboarding-welcome-sms", "Goal_Start", "等待发送")
        .doesNotContain(traveller.ref(), "张旅行");
    assertThat(page.content()).contains(version.key() + ":" + traveller.participation().id());
    assertThat(page.locator(".wm-cockpit a").first().getAttribute("href"))
        .isEqualTo("/journeys/people/" + traveller.participation().id());
  }

  @Test
  void the_tab_of_a_definition_counts_customers_per_node(Browser browser) {
    signIn(browser);
    Page page = browser.open(COCKPIT + "process-definition/" + version.definitionId() + "/runtime");

    page.click(".nav-tabs a:has-text('路标')");
    page.waitForSelector(".wm-cockpit table");
    browser.screenshot("cockpit-definition");

    assertThat(page.locator(".wm-cockpit tbody tr").count()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void an_administrator_is_told_that_customers_are_for_operators(Browser browser) {
    signIn(browser, Role.ADMINISTRATOR);
    Page page = browser.open(COCKPIT + "process-instance/" + traveller.instance() + "/runtime");

    page.click(".nav-tabs a:has-text('路标')");
    page.waitForSelector(".wm-cockpit .text-warning");

    assertThat(page.locator(".wm-cockpit").innerText())
        .contains("只对运营开放")
        .doesNotContain("Send", "onboarding-welcome-sms");
  }

  private void signIn(Browser browser) {
    signIn(browser, Role.OPERATOR);
  }

  private void signIn(Browser browser, Role role) {
    browser.signIn(
        new People(staff, branches, encoder).everywhere(role).username(), People.PASSWORD);
  }
}
