package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.EventQueue;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.intake.IntakeBook;
import io.waymark.customer.load.ImportRunner;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagCounts;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Data comes in and is judged by the people whose work it is, whole tasks at a time. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class DataPagesBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired EventQueue queue;
  @Autowired EventTypes types;
  @Autowired IntakeBook book;
  @Autowired ImportRunner runner;
  @Autowired TagRegistry registry;
  @Autowired TagCounts counts;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  People people;
  String ref;

  @BeforeEach
  void customer() {
    people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部")));
    ref = "D" + UUID.randomUUID().toString().substring(0, 8);
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "王小明",
                LocalDate.of(1990, 1, 1),
                "SH01",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "test");
  }

  @Test
  void an_operator_uploads_a_file_reads_what_was_refused_and_works_a_parked_event_off(
      Browser browser) {
    Page page = browser.signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD);
    browser.open("/imports");
    String file =
        "customer,asOf,tag.tier,tag.asset_total\n"
            + ref
            + ",2026-01-02,core,12.50\n"
            + ref
            + ",2026-01-02,core,lots\n"
            + "nobody,2026-01-02,core,1\n";
    page.setInputFiles(
        "#import-file",
        new FilePayload("标签.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
    page.selectOption("#import-kind", "tags");
    page.fill("#import-source", "数据仓库");
    browser.screenshot("imports");
    page.click("form[data-stream] button[type=submit]");
    page.waitForURL("**/imports/*");
    runImports();
    page.reload();
    assertThat(page.textContent("main")).contains("入库 1 行", "拒绝 2 行", "标签值应为数字", "lo**");
    browser.screenshot("import");

    events.accept("till", List.of(new IncomingEvent(ref, ref, "login", clock.instant(), Map.of())));
    queue.park(seq(), "boom");
    browser.open("/incidents");
    assertThat(page.textContent("main")).contains(ref, "boom");
    browser.screenshot("incidents-parked");
    page.click("tr:has-text('" + ref + "') button:has-text('放弃')");
    page.click("#wm-confirm button[value=yes]");
    page.waitForSelector("text=事件已放弃");
    assertThat(page.textContent("main")).doesNotContain(ref);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_marketer_declares_a_tag_and_an_event_type_and_an_officer_alone_changes_the_class(
      Browser browser) {
    String tag = "t_" + ref.toLowerCase();
    String type = "shop." + ref.toLowerCase();
    events.accept("till", List.of(new IncomingEvent(ref, ref, type, clock.instant(), Map.of())));
    book.writeDown();
    Page page = browser.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);

    browser.open("/tags/new");
    page.fill("#tag-code", tag);
    page.fill("#tag-name", "偏好板块");
    page.fill("#tag-meaning", "近三十日看得最多的板块");
    page.fill("#tag-fresh", "30");
    page.fill("#tag-allowed", "新能源、医药");
    page.check("input[name=keepHistory]");
    page.click("main button:has-text('保存')");
    page.waitForURL("**/tags/" + tag);
    assertThat(page.textContent("main")).contains("已保存");
    assertThat(registry.find(tag).orElseThrow().allowed()).containsExactly("新能源", "医药");
    assertThat(page.locator("#reason").count()).isZero();
    browser.screenshot("tag");

    browser.open("/event-types");
    page.click("tr:has-text('" + type + "') a");
    page.fill("#type-name", "到店");
    page.fill("input[name=name0]", "amount");
    page.selectOption("select[name=type0]", "number");
    page.check("input[name=required0]");
    browser.screenshot("event-type");
    page.click("main button:has-text('保存')");
    page.waitForURL("**/event-types/" + type);
    assertThat(types.find(type).orElseThrow().properties()).hasSize(1);

    browser.signOut();
    browser.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);
    browser.open("/tags/" + tag);
    page.selectOption("#privacy", "SECRET");
    page.fill("#reason", "涉及持仓偏好");
    page.click("form[action$=privacy] button");
    page.click("#wm-confirm button[value=yes]");
    page.waitForSelector("text=密级已调整");
    assertThat(registry.find(tag).orElseThrow().privacy()).isEqualTo(PrivacyClass.SECRET);
    counts.count();
    browser.open("/tags");
    browser.screenshot("tags");
    browser.open("/data-quality");
    assertThat(page.textContent("main")).contains("till", "数据来源");
    browser.screenshot("data-quality");
    assertThat(browser.complaints()).isEmpty();
  }

  private void runImports() {
    while (runner.runNext()) {
      // The next piece.
    }
  }

  private long seq() {
    return jdbc.sql("select seq from customer_event where source = 'till' and event_id = ?")
        .param(ref)
        .query(Long.class)
        .single();
  }
}
