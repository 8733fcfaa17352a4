package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.value.ValueModels;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The page of tiers, RFM and cooling-off, as a marketer of one branch sees it. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class ModelsPageTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired ValueModels models;
  @Autowired MovableClock clock;

  @Test
  void a_marketer_sees_tiers_groups_and_who_cools_off_in_his_branch(Browser browser) {
    String branch = "MO" + UUID.randomUUID().toString().substring(0, 6);
    People people = new People(directory, branches, encoder);
    StaffMember marketer = people.of(Role.MARKETER, branch, "上海张杨路营业部");
    customers.importAll(
        List.of(
            customer(branch, "1", Map.of("asset_total", "300000", "commission_year", "100")),
            customer(branch, "2", Map.of())),
        "test");
    buys(branch + "-1");
    buys(branch + "-1");
    models.run();

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/models");
    browser.screenshot("models");
    String text = browser.page().locator("main").innerText();
    assertThat(text)
        .contains("价值分层", "专属投顾", "服务分层", "40%", "RFM 分组", "冷静期客户", branch + "-1", "追涨")
        .doesNotContain(branch + "-2");
    browser.page().click("button:has-text('立即计算')");
    browser.screenshot("models-confirm");
    assertThat(browser.complaints()).isEmpty();
  }

  private void buys(String ref) {
    events.accept(
        "models-test",
        List.of(
            new IncomingEvent(
                UUID.randomUUID().toString(),
                ref,
                "trade.executed",
                clock.instant(),
                Map.of("side", "buy", "amount", 1000, "change_5d", 12))));
  }

  private static CustomerRecord customer(String branch, String name, Map<String, String> tags) {
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
}
