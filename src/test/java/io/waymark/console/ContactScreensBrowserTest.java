package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.microsoft.playwright.options.FilePayload;
import io.waymark.contact.ContactRequest;
import io.waymark.contact.MessageSender;
import io.waymark.contact.SendResult;
import io.waymark.contact.Sent;
import io.waymark.contact.SuppressionEntry;
import io.waymark.contact.SuppressionLists;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.WaymarkTest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators, officers and marketers see of messages, channels and lists. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class ContactScreensBrowserTest {

  private static final String BRANCH = "SH01";

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired Templates templates;
  @Autowired MessageSender sender;
  @Autowired SuppressionLists lists;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  People people;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch(BRANCH, "上海陆家嘴营业部")));
  }

  @Test
  void a_marketer_finds_why_a_message_was_withheld_gate_by_gate(Browser browser) {
    StaffMember marketer = people.of(Role.MARKETER, BRANCH, "上海陆家嘴营业部");
    String ref = customer();
    TemplateVersion text = sms(Purpose.ACTIVITY, "【路标证券】${customer.name}您好，周六讲座。");
    HeldReviews.approve(templates, text);
    send(ref, text.code());

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/messages");
    browser.page().fill("#f-customer", ref);
    browser.page().selectOption("#f-reason", "consent_missing");
    browser.page().click("form.wm-filter button");
    browser.page().waitForSelector("#wm-counts");
    browser.page().waitForCondition(() -> rows(browser) == 1);
    browser.screenshot("messages-filtered");
    assertThat(browser.page().innerText("#wm-counts")).contains("今天", "已拦截 1", "请先取得同意");

    browser.page().click("#wm-list tbody a");
    browser.page().waitForSelector(".wm-gates");
    browser.screenshot("message-gates");
    List<String> gates = browser.page().locator(".wm-gates li").allInnerTexts();
    assertThat(gates.get(0)).contains("召回");
    assertThat(gates.get(gates.size() - 1)).contains("同意", "请先取得同意", "渠道：短信");
    assertThat(browser.page().locator(".wm-gates .wm-bad").count()).isEqualTo(1);

    browser.open("/messages?customer=" + ref + "&reason=cap_exceeded");
    assertThat(browser.page().innerText("#wm-list")).contains("没有符合条件的记录");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_operator_reads_the_channels_and_tries_a_provider_only_with_listed_people(
      Browser browser) {
    StaffMember operator = people.everywhere(Role.OPERATOR);
    browser.signIn(operator.username(), People.PASSWORD);
    browser.open("/channels");
    browser.page().waitForSelector("#wm-lanes tbody tr");
    browser.screenshot("channels");
    assertThat(browser.page().innerText("#wm-lanes")).contains("sms-http", "正常", "待发");

    browser.page().click("a:has-text('服务商配置')");
    browser.page().waitForSelector("#provider-sms-http");
    assertThat(browser.page().innerText("#provider-sms-http"))
        .contains("waymark.channel.sms.*", "模拟短信服务商", "它收到的消息", "不再发送");
    browser.page().click("#provider-sms-http button:has-text('试发')");
    browser.page().waitForSelector(".wm-banner:has-text('服务商已接受')");
    browser.screenshot("channel-providers");
    browser.open("/channels/parked");
    assertThat(browser.page().title()).contains("搁置的消息");

    Http http = new Http(port);
    http.signIn(operator.username(), People.PASSWORD);
    http.form(
        "/channels/providers/sms-http/try",
        Map.of("address", "13800000000", "text", "您好", "_csrf", http.token("/channels")));
    assertThat(http.get("/channels/providers", "Accept", "text/html").body())
        .contains("该地址不在测试名单内");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_officer_fills_a_list_from_a_file_and_takes_somebody_off_again(Browser browser) {
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    String kept = customer();
    String released = customer();
    String code = "list-" + UUID.randomUUID().toString().substring(0, 8);

    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/suppressions");
    browser.page().fill("#code", code);
    browser.page().fill("#name", "诉讼客户");
    browser.page().fill("#meaning", "与公司有未结诉讼的客户");
    browser.page().check("input[name=channel][value=sms]");
    browser.page().click("form[action$='/suppressions'] button");
    browser.page().waitForSelector(".wm-banner:has-text('名单已保存')");
    String file =
        "\uFEFFcustomer,until\n%s,2099-01-31\n%s,2099-01-31\nnobody,2099-01-31\n"
            .formatted(kept, released);
    browser
        .page()
        .setInputFiles(
            "#file",
            new FilePayload("list.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
    browser.page().click("form[action$=import] button");
    browser.page().waitForSelector(".wm-banner:has-text('导入 2 位客户')");
    assertThat(browser.page().innerText("main")).contains("找不到该客户", "现有 2 位");
    browser.screenshot("suppression-imported");

    browser.open("/suppressions/" + code + "?customer=" + released);
    assertThat(rows(browser)).isEqualTo(1);
    browser.page().fill("input[name=reason]", "诉讼已结");
    browser.page().click("#wm-list button:has-text('移出')");
    browser.page().click("#wm-confirm [value=yes]");
    browser.page().waitForSelector(".wm-banner:has-text('已移出名单')");
    browser.screenshot("suppression-released");
    assertThat(lists.entries(code, null, BranchScope.everywhere(), 0, 10))
        .extracting(SuppressionEntry::customerId, SuppressionEntry::releasedBecause)
        .containsExactlyInAnyOrder(tuple(id(kept), null), tuple(id(released), "诉讼已结"));
    browser.open("/suppressions");
    browser.screenshot("suppressions");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_marketer_sends_a_text_to_a_colleague_as_a_test_and_to_nobody_else(Browser browser) {
    StaffMember marketer = people.of(Role.MARKETER, BRANCH, "上海陆家嘴营业部");
    TemplateVersion text =
        sms(Purpose.SERVICE, "【路标证券】${customer.name}您好，${param.note}。客服热线95000，拒收请回复R");

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/templates/" + text.code());
    browser.page().click("a:has-text('试发')");
    browser.page().waitForSelector("#address");
    browser.page().fill("[name='value.customer.name']", "测试先生");
    browser.page().fill("[name='value.param.note']", "本产品保本保收益，稳赚不赔");
    browser.page().click("button:has-text('发送测试')");
    browser.page().waitForSelector(".wm-banner:has-text('命中规则')");
    browser.screenshot("template-test-refused");
    browser.page().fill("[name='value.param.note']", "对账单已生成");
    browser.page().click("button:has-text('发送测试')");
    browser.page().waitForSelector(".wm-banner:has-text('服务商已接受')");
    browser.screenshot("template-test");
    assertThat(browser.page().innerText(".wm-body-text"))
        .startsWith("【测试】")
        .contains("测试先生您好，对账单已生成");
    assertThat(proofs(marketer)).singleElement().asString().contains(text.code(), "accepted");

    Http http = new Http(port);
    http.signIn(marketer.username(), People.PASSWORD);
    String page = "/templates/" + text.code() + "/1/test";
    String answer =
        http.form(
                page,
                Map.of(
                    "address", "13800000000",
                    "value.customer.name", "张三",
                    "value.param.note", "对账单已生成",
                    "_csrf", http.token(page)))
            .body();
    assertThat(answer).contains("该地址不在测试名单内");
    assertThat(proofs(marketer)).hasSize(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_operator_lets_a_parked_message_go_and_ends_another_with_a_reason_the_log_shows(
      Browser browser) {
    StaffMember operator = people.everywhere(Role.OPERATOR);
    TemplateVersion text = sms(Purpose.SERVICE, "【路标证券】${customer.name}您好，对账单已生成。");
    HeldReviews.approve(templates, text);
    String mended = customer();
    String hopeless = customer();
    UUID goes = parked(mended, text.code());
    UUID ends = parked(hopeless, text.code());

    browser.signIn(operator.username(), People.PASSWORD);
    browser.open("/messages/" + ends);
    assertThat(browser.page().innerText(".wm-facts")).contains("反复无法准备，已搁置");
    browser.open("/channels");
    browser.page().click("a[href$='/channels/parked']");
    browser.page().waitForSelector("tr:has-text('" + hopeless + "')");
    browser.screenshot("parked");
    browser.page().click("tr:has-text('" + mended + "') button:has-text('重新放行')");
    browser.page().waitForSelector(".wm-banner:has-text('已放行')");
    assertThat(queued(goes)).isEqualTo("ready");

    browser.page().fill("tr:has-text('" + hopeless + "') input[name=reason]", "模板已作废");
    browser.page().click("tr:has-text('" + hopeless + "') button:has-text('结束')");
    browser.page().click("#wm-confirm [value=yes]");
    browser.page().waitForSelector(".wm-banner:has-text('已结束')");
    assertThat(browser.page().locator("tr:has-text('" + hopeless + "')").count()).isZero();
    browser.open("/messages/" + ends);
    browser.screenshot("parked-ended");
    assertThat(browser.page().innerText(".wm-facts"))
        .contains("失败", "由运营结束", "IllegalStateException");
    assertThat(
            jdbc.sql("select facts from evidence where subject = ? and actor = ?")
                .params("message:" + ends, operator.username())
                .query(String.class)
                .single())
        .contains("模板已作废");
    assertThat(browser.complaints()).isEmpty();
  }

  /** A message that could not be prepared so often that it was put aside. */
  private UUID parked(String ref, String template) {
    UUID id = ((Sent) send(ref, template)).messageId();
    jdbc.sql(
            """
            update outbox set state = 'parked', problem = 'IllegalStateException'
             where message_id = ?
            """)
        .param(id)
        .update();
    jdbc.sql("update message set reason = 'parked' where message_id = ?").param(id).update();
    return id;
  }

  private String queued(UUID id) {
    return jdbc.sql("select state from outbox where message_id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  private static int rows(Browser browser) {
    return browser.page().locator("#wm-list tbody tr").count();
  }

  private List<String> proofs(StaffMember member) {
    return jdbc.sql("select facts::text from evidence where kind = 'provider_tried' and actor = ?")
        .param(member.username())
        .query(String.class)
        .list();
  }

  private String customer() {
    String ref = "CS" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "赵敏",
                LocalDate.of(1980, 1, 1),
                BRANCH,
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(
                    "mobile",
                    "137%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000))),
                Map.of())),
        "test");
    return ref;
  }

  private long id(String ref) {
    return Objects.requireNonNull(customers.idsOf(List.of(ref)).get(ref));
  }

  private TemplateVersion sms(Purpose purpose, String words) {
    return templates.submit(
        new TemplateMetadata(
            "cs-" + UUID.randomUUID().toString().substring(0, 8),
            "渠道页面测试",
            Channel.SMS,
            purpose,
            "none",
            words.contains("param.note")
                ? List.of("customer.name", "param.note")
                : List.of("customer.name"),
            null,
            false,
            Map.of(),
            null),
        words,
        "author");
  }

  private SendResult send(String ref, String template) {
    return Objects.requireNonNull(
            transaction.execute(
                status ->
                    sender.send(
                        List.of(
                            new ContactRequest(
                                id(ref), BRANCH, null, "screens", "Send", 1, template, null, 50,
                                Map.of())))))
        .get(0);
  }
}
