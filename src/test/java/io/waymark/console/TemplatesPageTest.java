package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class TemplatesPageTest {

  private static final String LETTER =
      """
      <html><body style="font-family:sans-serif"><h1>${customer.salutation}，您好</h1>
      <p>本产品保本保收益，稳赚不赔。</p><script>parent.document.title='broken out'</script>
      </body></html>
      """;

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Templates templates;

  People people;
  Http http;
  String code;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    http = new Http(port);
    code = "page-" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void a_marketer_reads_what_the_machine_found_and_the_letter_stays_in_its_sandbox(
      Browser browser) {
    StaffMember marketer = people.of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    letter("somebody");

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/templates");
    browser.screenshot("templates");
    browser.page().fill("#f-q", code);
    browser.page().keyboard().press("Enter");
    browser.page().waitForURL("**q=" + code + "**");
    browser.page().click("#wm-list td a:has-text('页面测试邮件')");
    browser.page().waitForSelector("iframe.wm-letter");
    browser.screenshot("template-marketer");
    assertThat(browser.page().locator("main").innerText())
        .contains("发现", "规则命中", "缺少", "还没有提交审核")
        .doesNotContain("合规通过", "审核通过");
    assertThat(browser.page().frameLocator("iframe.wm-letter").locator("h1").innerText())
        .isEqualTo("王女士，您好");
    assertThat(browser.page().title()).doesNotContain("broken out");
    assertThat(browser.page().locator("form[action$=approve]").count()).isZero();
    browser.phone();
    browser.screenshot("template-phone");
    // The script in the letter is refused by its sandbox, and that is all the page complains of.
    assertThat(browser.complaints()).allMatch(said -> said.contains("sandbox"));
  }

  @Test
  void a_withdrawal_needs_a_reason_and_keeps_it() {
    TemplateVersion draft = letter("somebody");
    http.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);

    post("withdraw", Map.of("reason", " "));
    assertThat(page()).contains("请填写撤回原因");
    post("withdraw", Map.of("reason", "措辞<绝对>"));

    assertThat(page()).contains("已撤回，这一版不会再发送").contains("措辞&lt;绝对&gt;");
    assertThat(templates.find(draft.id()).orElseThrow().status())
        .isEqualTo(TemplateStatus.WITHDRAWN);
  }

  @Test
  void the_list_narrows_by_status_channel_and_purpose_and_says_when_it_is_empty() {
    letter("somebody");
    http.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);

    assertThat(list("status=in_review&channel=email&purpose=service")).contains(code);
    assertThat(list("status=approved")).contains("没有符合条件的模板");
    assertThat(list("channel=sms")).contains("没有符合条件的模板");
    assertThat(list("purpose=activity")).contains("没有符合条件的模板");
    assertThat(http.get("/templates/no-such", "Accept", "text/html").statusCode()).isEqualTo(404);
    assertThat(http.get("/templates/" + code + "?version=9", "Accept", "text/html").statusCode())
        .isEqualTo(404);
  }

  private TemplateVersion letter(String author) {
    return templates.submit(
        new TemplateMetadata(
            code,
            "页面测试邮件",
            Channel.EMAIL,
            Purpose.SERVICE,
            "A",
            List.of("customer.salutation"),
            "给${customer.salutation}的信",
            false,
            Map.of(),
            null),
        LETTER,
        author);
  }

  private HttpResponse<String> post(String decision, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("_csrf", http.token("/"));
    return http.form("/templates/" + code + "/1/" + decision, all);
  }

  private String page() {
    return http.get("/templates/" + code + "?version=1", "Accept", "text/html").body();
  }

  private String list(String filter) {
    return http.get("/templates?q=" + code + "&" + filter, "Accept", "text/html").body();
  }
}
