package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import io.waymark.compliance.recall.Recall;
import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallSweep;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.Recalls;
import io.waymark.contact.ContactRequest;
import io.waymark.contact.MessageFilter;
import io.waymark.contact.MessageRecord;
import io.waymark.contact.MessageSender;
import io.waymark.contact.Messages;
import io.waymark.contact.Sent;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.WaymarkTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** The rooms of recall, evidence and reports, as officers use them. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class RecallsPageTest {

  private static final String BRANCH = "RC01";

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Templates templates;
  @Autowired Customers customers;
  @Autowired MessageSender sender;
  @Autowired Messages messages;
  @Autowired Recalls recalls;
  @Autowired RecallSweep sweep;
  @Autowired EvidenceLog evidence;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder;

  StaffMember officer;
  StaffMember second;
  String template;
  String ref;
  long customer;

  @BeforeEach
  void schedule_a_message() {
    People people = new People(directory, branches, encoder);
    people.of(Role.ADVISOR, BRANCH, "召回测试部");
    officer = people.everywhere(Role.COMPLIANCE);
    second = people.everywhere(Role.COMPLIANCE);
    template = "recall-" + UUID.randomUUID().toString().substring(0, 8);
    ref = "RC" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    assertThat(
            customers
                .importAll(
                    List.of(
                        new CustomerRecord(
                            ref,
                            "赵敏",
                            LocalDate.of(1980, 1, 1),
                            BRANCH,
                            null,
                            CustomerClass.ORDINARY,
                            LegalStatus.NORMAL,
                            Map.of(),
                            Map.of())),
                    "test")
                .problems())
        .isEmpty();
    customer = Objects.requireNonNull(customers.idsOf(List.of(ref)).get(ref));
    TemplateVersion draft =
        templates.submit(
            new TemplateMetadata(
                template,
                "服务提醒",
                Channel.IN_APP,
                Purpose.SERVICE,
                "none",
                List.of("customer.name"),
                "服务提醒",
                false,
                Map.of(),
                null),
            "路标证券股份有限公司：${customer.name}您好，您的对账单已生成。",
            "author");
    HeldReviews.approve(templates, draft);
    transaction.executeWithoutResult(
        status ->
            assertThat(
                    sender.send(
                        List.of(
                            new ContactRequest(
                                customer,
                                BRANCH,
                                null,
                                "recall-test",
                                "Send",
                                1,
                                template,
                                null,
                                50,
                                Map.of()))))
                .singleElement()
                .isInstanceOf(Sent.class));
  }

  @Test
  void an_officer_recalls_a_template_and_the_scheduled_message_is_gone_until_two_lift_it(
      Browser browser) {
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/recalls");
    browser.page().selectOption("#kind", "template");
    browser.page().fill("#target", template);
    browser.page().fill("#reason", "收益表述有误");
    browser.page().click("form[action$='/recalls'] button:has-text('立即召回')");
    browser.page().click("#wm-confirm [value=yes]");
    browser.page().waitForSelector(".wm-banner:has-text('召回已生效')");
    sweep.workOff();
    browser.page().waitForSelector("#wm-progress :text('已查完全部记录')");
    browser.screenshot("recall");

    Recall recall = recalls.page(true, 0, 1).get(0);
    assertThat(recall.withheld()).isEqualTo(1);
    assertThat(
            messages.page(
                new MessageFilter(customer, null, null, null, null, null, null, null),
                BranchScope.everywhere(),
                0,
                5))
        .extracting(MessageRecord::status, MessageRecord::reason)
        .containsExactly(Tuple.tuple("withheld", "recalled"));

    browser.page().fill("#reason", "文字已更正");
    browser.page().click("button:has-text('申请解除')");
    browser.page().waitForSelector(".wm-banner:has-text('须由另一位合规人员确认')");
    assertThat(browser.page().locator("form[action$=confirm]").count()).isZero();

    browser.signOut();
    browser.signIn(second.username(), People.PASSWORD);
    browser.open("/recalls/" + recall.id());
    browser.page().click("form[action$=confirm] button");
    browser.page().click("#wm-confirm [value=yes]");
    browser.page().waitForSelector(".wm-banner:has-text('召回已解除')");
    browser.open("/recalls");
    browser.screenshot("recalls");
    assertThat(recalls.find(recall.id()).orElseThrow().liftedBy()).isEqualTo(second.username());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_code_nobody_knows_is_refused_and_what_was_typed_stays() {
    Http http = new Http(port);
    http.signIn(officer.username(), People.PASSWORD);
    String token = http.token("/recalls");

    http.form(
        "/recalls",
        Map.of("kind", "template", "target", "no-such", "reason", "错误", "_csrf", token));

    assertThat(http.get("/recalls", "Accept", "text/html").body())
        .contains("找不到“no-such”")
        .contains("value=\"no-such\"");
  }

  @Test
  void an_officer_verifies_the_chain_and_downloads_a_pack_that_verifies_alone(Browser browser)
      throws Exception {
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/evidence");
    browser.page().click("form[action$='/evidence/verify'] button");
    browser.page().waitForSelector("#wm-verify .wm-good");

    browser.page().fill("#ref", ref);
    Download download =
        browser
            .page()
            .waitForDownload(() -> browser.page().click("form[action$='/packs/customer'] button"));
    Path pack = folder.resolve("pack.zip");
    download.saveAs(pack);
    browser.open("/evidence");
    browser.screenshot("evidence");

    assertThat(download.suggestedFilename()).matches("evidence-customer-\\d+-[0-9-]+\\.zip");
    Process verify =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "src/main/resources/evidence-pack/Verify.java",
                pack.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(verify.waitFor()).as(said).isZero();
    assertThat(said).contains("核验通过").contains("冻结文字 1 份");
    assertThat(evidence.ofCustomer(customer))
        .anyMatch(
            row ->
                row.kind() == EvidenceKind.EVIDENCE_EXPORTED
                    && row.actor().equals(officer.username()));
  }

  @Test
  void an_officer_of_another_branch_gets_no_pack_of_this_customer() {
    StaffMember elsewhere =
        new People(directory, branches, encoder).of(Role.COMPLIANCE, "RC02", "别处营业部");
    Http http = new Http(port);
    http.signIn(elsewhere.username(), People.PASSWORD);
    String token = http.token("/evidence");

    http.form("/evidence/packs/customer", Map.of("ref", ref, "_csrf", token));

    assertThat(http.get("/evidence", "Accept", "text/html").body()).contains("没有找到该客户");
  }

  @Test
  void reports_lead_to_the_customers_and_a_self_check_is_signed_once_its_half_year_is_over(
      Browser browser) {
    recalls.stop(new RecallTarget(RecallKind.TEMPLATE, template), "报告测试", officer.username());
    sweep.workOff();
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/reports?by=template");
    browser.screenshot("reports");
    browser.page().click("#wm-list tr:has-text('" + template + "') a");
    browser.page().waitForSelector("td a:has-text('" + ref + "')");

    browser.open("/reports/self-check/2026H2");
    assertThat(browser.page().locator("main").innerText()).contains("尚未结束", "未统计");
    browser.open("/reports/self-check/2026H1");
    browser.page().fill("#remarks", "已按制度完成自查；上半年开展适当性培训两次。");
    browser.page().click("form[action$=sign] button");
    browser.page().click("#wm-confirm [value=yes]");
    browser.page().waitForSelector(".wm-banner:has-text('自查已签署')");
    browser.screenshot("self-check");
    assertThat(browser.page().locator("form[action$=sign]").count()).isZero();
    assertThat(browser.complaints()).isEmpty();
  }
}
