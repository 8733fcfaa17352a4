package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.watch.ContentPauses;
import io.waymark.compliance.watch.PackWork;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
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
class RulesBrowserTest {

  /** A day no other test reads rules on. */
  private static final String DAY = "2079-06-01";

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired PackWork work;
  @Autowired ContentPauses pauses;
  @Autowired Templates templates;
  @Autowired MovableClock clock;

  People people;
  Http http;
  String version;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    http = new Http(port);
    version = "pack-" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void an_officer_edits_and_tries_a_draft_another_approves_it_and_it_pauses_a_live_template(
      Browser browser) {
    StaffMember author = people.everywhere(Role.COMPLIANCE);
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    TemplateVersion live = live("远航计划邀请您参加投资者教育讲座。");

    browser.signIn(author.username(), People.PASSWORD);
    browser.open("/rules");
    browser.screenshot("rules");
    browser.page().fill("#version", version);
    browser.page().fill("#title", "测试规则包");
    browser.page().fill("#effectiveFrom", DAY);
    browser.page().click("form[action$='/rules/drafts'] button");
    browser.page().waitForSelector("a:has-text('新增规则')");
    browser.screenshot("rule-pack");

    browser.page().click("a:has-text('新增规则')");
    browser.page().fill("#id", "z9");
    browser.page().fill("#category", "测试");
    browser.page().selectOption("#level", "block");
    browser.page().fill("#phrases", "遠航計劃");
    browser.page().fill("#alternative", "删除");
    browser.page().fill("#basis", "AD25 NOPE");
    browser.page().fill("#hits", "我们的远航计划开始了");
    browser.page().click("[value=save]");
    browser.page().waitForSelector("#problem-basis:has-text('NOPE')");
    browser.page().fill("#basis", "AD25");
    browser.page().click("[value=save]");
    browser.page().waitForSelector("#problem-phrases:has-text('规范化')");
    browser.page().fill("#phrases", "远航计划");
    browser.page().fill("#misses", "远航的计划");
    browser.page().click("[value=try]");
    browser.page().waitForSelector("mark:has-text('远航计划')");
    browser.screenshot("rule-edit");
    browser.page().click("[value=save]");
    browser.page().waitForSelector(".wm-banner:has-text('规则已保存')");
    browser.open("/rules/packs/" + version + "/diff");
    assertThat(browser.page().locator("main tbody").innerText()).contains("Z9", "新增", "远航计划");
    browser.screenshot("rule-diff");

    browser.open("/rules/packs/" + version);
    browser.page().click("button:has-text('开始试运行')");
    browser.page().waitForURL("**/rules/trials/*");
    work.all();
    browser.page().waitForSelector("tr:has(mark:has-text('远航计划'))");
    browser.screenshot("rule-trial");
    assertThat(browser.page().locator("main").innerText()).contains("新增命中", "邀请您参加投资者教育讲座");

    browser.open("/rules/packs/" + version);
    browser.page().click("button:has-text('提交复核')");
    browser.page().waitForURL("**/reviews/*");
    assertThat(browser.page().locator("form[action$=decide]").count()).as("his own").isZero();
    browser.signOut();
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/rules/packs/" + version);
    browser.screenshot("rule-pack-submitted");
    browser.page().click("a:has-text('核对并决定')");
    browser.page().waitForSelector("form[action$=decide]");
    browser.screenshot("review-rule-pack");
    assertThat(browser.page().locator("main ins").allInnerTexts())
        .anyMatch(line -> line.contains("远航计划"));
    browser.page().click("form[action$=decide] button:has-text('同意')");
    browser.page().waitForSelector(".wm-banner.wm-good:has-text('直到有新的版本')");
    assertThat(paused(live)).isEmpty();
    clock.set(Instant.parse(DAY + "T02:00:00Z"));
    work.all();

    assertThat(paused(live)).containsExactly("Z9");
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/rules/hits");
    browser.screenshot("rule-hits");
    assertThat(browser.page().locator("tr:has-text('" + live.code() + "')").innerText())
        .contains("已暂停", "Z9", "重新送审");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_marketer_has_a_text_scanned_and_changes_no_rule() {
    http.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);

    String found = post("/rules/scan", Map.of("text", "本产品旱\u200b涝保收")).body();
    String clean = post("/rules/scan", Map.of("text", "祝您生日快乐。")).body();

    assertThat(found).contains("G07", "<mark>").contains("发现 1 处规则命中");
    assertThat(clean).contains("未发现规则命中, 仍需合规复核").doesNotContain("合规通过");
    assertThat(get("/rules")).contains("rule-pack-2026-11").doesNotContain("/rules/drafts");
    assertThat(get("/rules/packs/rule-pack-2026-11?level=review&category=定投专用"))
        .contains("D03")
        .doesNotContain(">D01<");
    assertThat(get("/rules/packs/rule-pack-2026-11/rules/G01")).contains("本产品保本", "只能在草稿中");
    assertThat(get("/rules/packs/rule-pack-2026-11/file"))
        .startsWith("# Rule pack")
        .contains("id: G01");
    assertThat(get("/rules/hits")).contains("重新扫描命中");
    assertThat(get("/rules/evasions")).contains("疑似规避");
    for (String path :
        List.of(
            "/rules/drafts",
            "/rules/packs/any/submit",
            "/rules/packs/any/rules/G01",
            "/rules/packs/any/trial",
            "/rules/trials/1/cancel")) {
      assertThat(post(path, Map.of()).statusCode()).as(path).isEqualTo(403);
    }
  }

  private String get(String path) {
    return http.get(path, "Accept", "*/*").body();
  }

  private HttpResponse<String> post(String path, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("_csrf", http.token("/"));
    return http.form(path, all);
  }

  private List<String> paused(TemplateVersion live) {
    return pauses.templates(List.of(live.id())).getOrDefault(live.id(), List.of());
  }

  private TemplateVersion live(String text) {
    TemplateVersion version =
        templates.submit(
            new TemplateMetadata(
                "rules-" + UUID.randomUUID().toString().substring(0, 8),
                "规则测试模板",
                Channel.IN_APP,
                Purpose.EDUCATION,
                "none",
                List.of(),
                null,
                false,
                Map.of(),
                null),
            text,
            "somebody");
    return HeldReviews.approve(
        templates, version, Instant.parse(DAY + "T02:00:00Z").plus(Duration.ofDays(300)));
  }
}
