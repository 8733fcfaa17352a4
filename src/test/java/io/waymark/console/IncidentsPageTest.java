package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.journey.Enrolments;
import io.waymark.journey.EntryCause;
import io.waymark.journey.EntryRequest;
import io.waymark.journey.FailedEnrolment;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class IncidentsPageTest {

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired Enrolments enrolments;
  @Autowired JourneyVersions versions;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  People people;
  Http http;
  JourneyVersion version;
  String here;
  String elsewhere;

  @BeforeEach
  void make_failures() {
    people = new People(directory, branches, encoder);
    http = new Http(port);
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部"), new Branch("BJ02", "北京金融街营业部")));
    version = versions.all().get(0);
    here = failedAt("SH01");
    elsewhere = failedAt("BJ02");
  }

  @Test
  void an_operator_sees_the_failures_of_the_own_branches_and_tries_again() {
    http.signIn(people.of(Role.OPERATOR, "SH01", "上海陆家嘴营业部").username(), People.PASSWORD);

    String list = http.get("/incidents", "Accept", "text/html").body();
    assertThat(list).contains(here, "模拟的启动失败", "/camunda/app/cockpit").doesNotContain(elsewhere);

    assertThat(retry(of(here).id())).contains("已重新排队").doesNotContain(here);
    assertThat(status(here)).isEqualTo("queued");
    assertThat(retry(of(elsewhere).id())).contains("不在失败状态");
    assertThat(status(elsewhere)).isEqualTo("failed");
  }

  @Test
  void failures_are_read_page_by_page_and_by_journey() {
    assertThat(enrolments.failed(version.key(), BranchScope.everywhere(), 0, 1)).hasSize(1);
    assertThat(enrolments.failed(version.key(), BranchScope.everywhere(), 1, 1))
        .isNotEqualTo(enrolments.failed(version.key(), BranchScope.everywhere(), 0, 1));
    assertThat(enrolments.failed("no-such", BranchScope.everywhere(), 0, 10)).isEmpty();
  }

  @Test
  void an_operator_works_the_list_off(Browser browser) {
    browser.signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD);
    browser.open("/incidents?journey=" + version.key());
    browser.screenshot("incidents");
    browser.page().locator("tr:has-text('" + here + "') button").click();
    browser.page().click("#wm-confirm [value=yes]");
    browser.page().waitForSelector(".wm-banner:has-text('已重新排队')");

    assertThat(browser.page().locator("tr:has-text('" + here + "')").count()).isZero();
    browser.open("/incidents?journey=none");
    browser.screenshot("incidents-empty");
    assertThat(browser.page().locator("#wm-list .wm-empty").innerText()).contains("没有进入失败的客户");
    assertThat(browser.complaints()).isEmpty();
  }

  private String failedAt(String branch) {
    String ref = "F" + UUID.randomUUID().toString().substring(0, 8);
    assertThat(
            customers
                .importAll(
                    List.of(
                        new CustomerRecord(
                            ref,
                            "王小明",
                            LocalDate.of(1980, 5, 1),
                            branch,
                            null,
                            CustomerClass.ORDINARY,
                            LegalStatus.NORMAL,
                            Map.of(),
                            Map.of())),
                    "test")
                .problems())
        .isEmpty();
    long customer = customers.idsOf(List.of(ref)).get(ref);
    transaction.executeWithoutResult(
        status ->
            enrolments.request(
                List.of(new EntryRequest(version, customer, branch, EntryCause.API, ref, null))));
    long id =
        jdbc.sql("select id from enrolment where cause_ref = :ref")
            .param("ref", ref)
            .query(Long.class)
            .single();
    enrolments.failed(id, "模拟的启动失败 <b>");
    return ref;
  }

  private FailedEnrolment of(String ref) {
    long customer = customers.idsOf(List.of(ref)).get(ref);
    return enrolments.failed(version.key(), BranchScope.everywhere(), 0, 1_000).stream()
        .filter(one -> one.customerId() == customer)
        .findFirst()
        .orElseThrow();
  }

  private String retry(long id) {
    http.form("/incidents/" + id + "/retry", Map.of("_csrf", http.token("/")));
    return http.get("/incidents", "Accept", "text/html").body();
  }

  private String status(String ref) {
    return jdbc.sql("select status from enrolment where cause_ref = :ref")
        .param("ref", ref)
        .query(String.class)
        .single();
  }
}
