package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.identity.IdentityLinks;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What officers do for customers who ask about their own data, as they do it. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class RightsBrowserTest {

  private static final String BRANCH = "SH01";

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired Consents consents;
  @Autowired IdentityLinks links;
  @Autowired MovableClock clock;

  People people;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch(BRANCH, "上海陆家嘴营业部")));
  }

  @Test
  void an_officer_exports_and_two_erase_a_customer(Browser browser) throws IOException {
    String first = people.everywhere(Role.COMPLIANCE).username();
    String second = people.everywhere(Role.COMPLIANCE).username();
    String ref = customer(Map.of("wechat", "wx" + UUID.randomUUID()));
    browser.signIn(first, People.PASSWORD);
    browser.open("/rights");
    browser.screenshot("rights");
    browser.page().fill("#copy-ref", ref);
    Download copy =
        browser
            .page()
            .waitForDownload(() -> browser.page().click("form[action$='/rights/copy'] button"));
    Map<String, String> files = unzip(copy.createReadStream());
    assertThat(files.get("person.json")).contains(ref, "王小明", "identity.wechat");
    assertThat(files).containsKeys("consents.json", "events.json", "messages.json");

    browser.page().fill("#erase-ref", ref);
    browser.page().fill("#erase-reason", "本人在 App 内申请，已核身");
    browser.page().click("form[action$='/rights/erasures'] button");
    browser.page().waitForSelector(".wm-banner:has-text('须由另一位合规人员')");
    assertThat(browser.page().locator("button:has-text('确认删除')").count()).isZero();
    String request = browser.page().url().substring(browser.page().url().indexOf("/rights"));

    browser.signOut();
    browser.signIn(second, People.PASSWORD);
    browser.open(request);
    browser.page().click("button:has-text('确认删除')");
    browser.page().click("dialog[open] button:has-text('确认删除')");
    browser.page().waitForSelector(".wm-banner:has-text('密钥已销毁')");
    browser.screenshot("rights-erased");
    assertThat(browser.page().innerText("main")).contains("删除证明", "仍然保存的记录");
    assertThat(customers.find(ref, BranchScope.everywhere())).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_officer_reads_the_matrix_and_a_refusal_said_at_the_counter_counts_at_once(
      Browser browser) {
    String officer = people.everywhere(Role.COMPLIANCE).username();
    String marketer = people.everywhere(Role.MARKETER).username();
    String ref = customer(Map.of());
    says(ref, Purpose.PRODUCT_MARKETING, Channel.SMS);
    says(ref, Purpose.EDUCATION, Channel.EMAIL);
    clock.advance(Duration.ofMinutes(1));

    browser.signIn(officer, People.PASSWORD);
    browser.open("/customers/" + ref);
    browser.page().click("a:has-text('同意与拒绝')");
    browser.page().waitForSelector("#wm-consents");
    browser.screenshot("consents");
    assertThat(browser.page().innerText("[data-cell='product_marketing.sms']"))
        .contains("同意", "App", "app-2026-03", "证据");
    assertThat(browser.page().innerText("[data-cell='activity.sms']")).contains("未表示（视同拒绝）");

    browser.page().selectOption("#refuse-purpose", "PRODUCT_MARKETING");
    browser.page().selectOption("#refuse-channel", "SMS");
    browser.page().fill("#refuse-reason", "客户来电要求不再发送");
    browser.page().click("button:has-text('登记拒绝')");
    browser.page().waitForSelector(".wm-banner:has-text('立即生效')");
    assertThat(browser.page().innerText("[data-cell='product_marketing.sms']"))
        .contains("拒绝", "柜台", "证据");
    browser.screenshot("consents-refused");
    long id = customers.idsOf(List.of(ref)).get(ref);
    assertThat(
            consents
                .of(List.of(id))
                .get(id)
                .state(Purpose.PRODUCT_MARKETING, Channel.SMS, clock.instant()))
        .isEqualTo(ConsentState.REFUSED);

    browser.signOut();
    browser.signIn(marketer, People.PASSWORD);
    browser.open("/customers/" + ref + "/consents");
    assertThat(browser.page().innerText("main")).contains("只可查看");
    assertThat(browser.page().locator("button:has-text('登记')").count()).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_officer_decides_whether_two_records_are_one_person(Browser browser) {
    String officer = people.everywhere(Role.COMPLIANCE).username();
    String wechat = "wx" + UUID.randomUUID();
    String one = customer(Map.of("wechat", wechat, "fund_account", "F1" + UUID.randomUUID()));
    String other = customer(Map.of("wechat", wechat, "fund_account", "F2" + UUID.randomUUID()));
    while (links.judgeDue(100) > 0) {
      // until nothing is left to judge
    }
    browser.signIn(officer, People.PASSWORD);
    browser.open("/rights");
    browser.page().click("a:has-text('身份待定')");
    browser.page().click("a:has-text('" + one + "')");
    browser.page().waitForSelector("#merge-reason");
    browser.screenshot("identity-case");
    assertThat(browser.page().innerText("main"))
        .contains("双方登记了相同的微信", "超过规则上限的资金账号", "王*", "认定为同一人", "认定为两个人");
    browser.page().fill("#merge-reason", "柜面核实为同一人");
    browser.page().click("form[action$='/merge'] button");
    browser.page().click("dialog[open] button:has-text('认定为同一人')");
    browser.page().waitForSelector(".wm-banner:has-text('已合并为一人')");
    assertThat(customers.find(one, BranchScope.everywhere()).orElseThrow().ref())
        .isEqualTo(customers.find(other, BranchScope.everywhere()).orElseThrow().ref());

    browser.open("/policies/identity-rules");
    browser.page().click("table a");
    browser.page().waitForSelector("text=规则一览");
    browser.screenshot("identity-rules");
    assertThat(browser.page().innerText("main")).contains("单独即可", "须姓名与出生日期一致", "从不");
    assertThat(browser.complaints()).isEmpty();
  }

  private void says(String ref, Purpose purpose, Channel channel) {
    assertThat(
            consents
                .record(
                    List.of(
                        new ConsentChange(
                            ref,
                            purpose,
                            channel,
                            ConsentState.GRANTED,
                            "app",
                            "app-2026-03",
                            clock.instant(),
                            null,
                            "RCPT-1")),
                    "test")
                .problems())
        .isEmpty();
  }

  private String customer(Map<String, String> identities) {
    String fresh = "RB" + UUID.randomUUID().toString().substring(0, 8);
    assertThat(
            customers
                .importAll(
                    List.of(
                        new CustomerRecord(
                            fresh,
                            "王小明",
                            LocalDate.of(1986, 5, 1),
                            BRANCH,
                            null,
                            CustomerClass.ORDINARY,
                            LegalStatus.NORMAL,
                            identities,
                            Map.of())),
                    "test")
                .problems())
        .isEmpty();
    return fresh;
  }

  private static Map<String, String> unzip(InputStream bytes) throws IOException {
    Map<String, String> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(bytes)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
