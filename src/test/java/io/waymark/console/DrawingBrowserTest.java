package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.ClickOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.SelectOption;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.Drawings;
import io.waymark.journey.drawing.RevisionCause;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.WaymarkTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
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

/** A marketer draws a journey alone, with the steps beside the canvas and no typed code. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class DrawingBrowserTest {

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Templates templates;
  @Autowired Drawings drawings;
  @Autowired DrawingChecks checks;

  People people;
  TemplateVersion template;

  @BeforeEach
  void make_people_and_content() {
    people = new People(directory, branches, encoder);
    template = live("您好，请留意账户服务通知。");
  }

  @Test
  void a_marketer_draws_checks_mends_and_hands_in_a_journey(Browser browser) {
    StaffMember marketer = people.everywhere(Role.MARKETER);
    browser.signIn(marketer.username(), People.PASSWORD);
    Page page = browser.page();
    Drawing drawing = begun(browser, "画布测试旅程");

    // What is missing is said before it is handed in, and a click leads to it.
    page.click("[data-m-tab=findings]");
    page.waitForSelector(".wm-m-finding.wm-m-error:has-text('进入')");
    browser.screenshot("drawing-finding");
    page.click(".wm-m-finding.wm-m-error:has-text('进入')");
    page.selectOption("[data-m-field=entry]", "waymark.journey-event");
    pick(page, "entryEvent", "account.opened");

    page.click("[data-m-step=check]");
    pick(page, "template", template.code());
    page.click("[data-m-step=gateway]");
    page.click("[data-m-step=send]");
    pick(page, "template", template.code());
    page.click("[data-m-step=wait-either]");
    leave(page, "Gw_", 0, "withheld");
    select(page, "Gw_", 0);
    way(page, "发送").locator("[data-m-field=value]").selectOption("allowed");
    way(page, "离开旅程").locator("text=其余情况走这条").click();
    browser.screenshot("drawing-gateway");
    leave(page, "Withheld_", 0, "unreachable");
    leave(page, "Timer_", 0, "no_answer");
    select(page, "Wait_", 0);
    pick(page, "event", "account.funded");
    page.click("[data-m-step=goal]");
    page.selectOption("[data-m-field=goal] select", "first_funding");
    page.click("[data-m-step=end]");
    page.click("[data-m-zoom=all]");
    saved(page);
    page.click("[data-m-tab=findings]");
    page.waitForFunction(
        "() => !document.querySelector('.wm-m-finding.wm-m-error') &&"
            + " !document.querySelector('[data-m-pane=findings]').hasAttribute('aria-busy')");
    browser.screenshot("drawing-whole");

    page.reload();
    ready(browser);
    assertThat(page.locator("[data-element-id^='Send_']").count()).isPositive();
    select(page, "Send_", 0);
    PlaywrightAssertions.assertThat(page.locator("[data-m-field=template] input"))
        .hasValue("画布测试通知");

    page.click("[data-m-submit]");
    page.waitForURL("**/reviews/*");
    browser.screenshot("drawing-submitted");
    assertThat(drawings.revisions(drawing.id()).get(0).submittedBy())
        .isEqualTo(marketer.username());

    DrawingFiles files = newest(drawing.id());
    assertThat(files.drawing())
        .contains("waymark.send-message", "waymark.check-compliance", "waymark.reach-goal")
        .contains("${verdict == 'allowed'}");
    assertThat(deployed(marketer, files)).isEqualTo(200);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_shipped_journey_is_copied_changed_compared_and_taken_along(Browser browser) {
    StaffMember marketer = people.everywhere(Role.MARKETER);
    browser.signIn(marketer.username(), People.PASSWORD);
    Page page = browser.page();
    browser.open("/journeys/drawings");
    page.fill("#name", "两融改稿");
    page.selectOption("#source", new SelectOption().setLabel(label(page, "#source option", "两融")));
    page.click("button:has-text('开始画')");
    ready(browser);
    Drawing drawing = open(browser);
    DrawingFiles before = newest(drawing.id());
    assertThat(before.texts()).hasSize(3);

    select(page, "Send_", 0);
    page.fill("[data-m-field=name]", "改过名字的一步");
    page.press("[data-m-field=name]", "Tab");
    select(page, "Decide_", 0);
    browser.screenshot("drawing-margin");
    page.click("button:has-text('编辑决策表')");
    page.fill("[aria-label='结果 1']", "remind");
    page.press("[aria-label='结果 1']", "Tab");
    browser.screenshot("drawing-table");
    page.click("#wm-m-table button:has-text('完成')");
    saved(page);
    DrawingFiles after = newest(drawing.id());
    assertThat(after.drawing()).contains("改过名字的一步");
    assertThat(after.texts().get("margin-route.dmn")).contains("\"remind\"");

    browser.open("/journeys/drawings/" + drawing.id() + "/history");
    browser.screenshot("drawing-history");
    page.click("tr:last-of-type a:has-text('对比')");
    page.waitForSelector("#wm-diff[data-ready=yes]");
    String changes = page.locator("[data-d-list]").innerText();
    assertThat(changes).contains("改过名字的一步", "名称", "margin-route.dmn", "remind");
    browser.screenshot("drawing-diff");

    browser.open("/journeys/drawings/" + drawing.id());
    ready(browser);
    Download download = page.waitForDownload(() -> page.click("[data-m-export]"));
    assertThat(download.suggestedFilename()).isEqualTo("margin-opening.zip");
    browser.open("/journeys/drawings");
    page.setInputFiles("#files", named(download));
    page.click("button:has-text('打开')");
    ready(browser);
    assertThat(newest(open(browser).id())).isEqualTo(after);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_advisors_task_an_experiment_and_a_comment_that_compliance_settles(Browser browser) {
    StaffMember marketer = people.everywhere(Role.MARKETER);
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    browser.signIn(marketer.username(), People.PASSWORD);
    Page page = browser.page();
    Drawing drawing = begun(browser, "投顾测试旅程");
    page.click("[data-m-step=advisor]");
    page.fill("[aria-label='加一个结果']", "需再跟进");
    page.press("[aria-label='加一个结果']", "Tab");
    page.waitForSelector("[aria-label='结果 4']");
    browser.screenshot("drawing-task");
    page.click("[data-m-step=goal-event]");
    select(page, "Advisor_", 0);
    page.click("[data-m-tab=talk]");
    page.fill("[data-m-pane=talk] textarea", "到期后升级给谁？");
    page.click("button:has-text('发表')");
    page.waitForSelector(".wm-m-thread:has-text('到期后升级给谁')");
    saved(page);
    assertThat(newest(drawing.id()).texts().entrySet())
        .anySatisfy(
            file -> {
              assertThat(file.getKey()).endsWith(".form");
              assertThat(file.getValue()).contains("需再跟进", "follow_up");
            });
    assertThat(newest(drawing.id()).drawing())
        .contains("agree,declined,no_answer,follow_up", "waymark.escalate-task");
    page.click("[data-m-undo]");
    page.waitForSelector("[data-m-redo]:not([disabled])");

    browser.signOut();
    browser.signIn(officer.username(), People.PASSWORD);
    browser.open("/journeys/drawings/" + drawing.id());
    ready(browser);
    assertThat(page.locator("[data-m-submit]").count()).isZero();
    page.click("[data-m-tab=talk]");
    page.click("button:has-text('解决了')");
    page.waitForSelector("button:has-text('显示已解决的 1 条')");
    browser.screenshot("drawing-talk");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_table_is_undone_like_all_else_and_one_that_cannot_be_edited_says_why(Browser browser) {
    StaffMember marketer = people.everywhere(Role.MARKETER);
    browser.signIn(marketer.username(), People.PASSWORD);
    Page page = browser.page();
    Drawing drawing = begun(browser, "决策表测试");
    page.click("[data-m-steps] [data-m-step=entry-api]");
    PlaywrightAssertions.assertThat(page.locator("[data-m-field=entry]"))
        .hasValue("waymark.journey-api");
    page.waitForSelector(".wm-m-words:has-text('由其他系统通过接口请入')");
    page.click("[data-m-step=decide]");
    page.click("button:has-text('编辑决策表')");
    page.fill("[aria-label='结果 1']", "stop");
    page.press("[aria-label='结果 1']", "Tab");
    page.selectOption("[aria-label='有几条规则符合时']", "UNIQUE");
    page.waitForSelector("#wm-m-table :text('请确认规则互不重叠')");
    page.click("#wm-m-table button:has-text('完成')");
    page.waitForSelector("[data-m-pane=settings] :text('1 条规则，结果：stop')");
    saved(page);
    assertThat(table(drawing)).contains("hitPolicy=\"UNIQUE\"").contains("\"stop\"");

    page.click("[data-m-undo]");
    page.waitForSelector("[data-m-pane=settings] :text('还没有内容')");
    saved(page);
    assertThat(newest(drawing.id()).texts().keySet()).noneMatch(name -> name.endsWith(".dmn"));
    page.click("[data-m-redo]");
    page.waitForSelector("[data-m-pane=settings] :text('1 条规则，结果：stop')");
    saved(page);

    replaceTable(drawing, table(drawing).replace("\"UNIQUE\"", "\"COLLECT\""));
    page.reload();
    ready(browser);
    select(page, "Decide_", 0);
    page.click("button:has-text('编辑决策表')");
    page.waitForSelector("#wm-m-table :text('会给出几个答案')");
    browser.screenshot("drawing-table-collect");
    page.click("#wm-m-table button:has-text('取消')");

    String second =
        "<decision id=\"other\" name=\"另一张\"><decisionTable id=\"t2\"/></decision></definitions>";
    replaceTable(drawing, table(drawing).replace("</definitions>", second));
    page.reload();
    ready(browser);
    select(page, "Decide_", 0);
    page.waitForSelector("[data-m-pane=settings] :text('2 张相互引用的决策')");
    page.click("button:has-text('查看决策表')");
    page.waitForSelector("#wm-m-table[open] h3:has-text('另一张')");
    browser.screenshot("drawing-table-foreign");
    page.click("#wm-m-table button:has-text('关闭')");
    assertThat(browser.complaints()).isEmpty();
  }

  private String table(Drawing drawing) {
    return newest(drawing.id()).texts().entrySet().stream()
        .filter(file -> file.getKey().endsWith(".dmn"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private void replaceTable(Drawing drawing, String text) {
    Map<String, String> texts = new HashMap<>(newest(drawing.id()).texts());
    texts.replaceAll((name, old) -> name.endsWith(".dmn") ? text : old);
    int revision = drawings.find(drawing.id()).orElseThrow().revision();
    drawings.save(drawing.id(), revision, RevisionCause.SAVED, new DrawingFiles(texts), "somebody");
  }

  @Test
  void no_step_is_offered_that_the_server_would_not_take(Browser browser) {
    browser.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    Page page = browser.page();
    Drawing drawing = begun(browser, "全部步骤");
    Locator steps = page.locator("[data-m-steps] [data-m-step]");
    for (int i = 0; i < steps.count(); i++) {
      page.locator("[data-m-canvas] svg").first().click(new ClickOptions().setPosition(8, 8));
      steps.nth(i).click();
    }
    page.click("[data-m-zoom=all]");
    saved(page);
    browser.screenshot("drawing-steps");

    assertThat(steps.count()).isGreaterThan(20);
    assertThat(checks.check(newest(drawing.id()).bytes()))
        .isNotEmpty()
        .noneMatch(finding -> finding.why().contains("不允许"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_save_after_a_colleagues_is_refused_with_his_name(Browser browser) {
    StaffMember marketer = people.everywhere(Role.MARKETER);
    browser.signIn(marketer.username(), People.PASSWORD);
    Page page = browser.page();
    Drawing drawing = begun(browser, "两个人同时画");
    DrawingFiles files = newest(drawing.id());
    Map<String, String> other =
        Map.of(files.drawingName(), files.drawing().replace("进入旅程", "同事改过"));
    drawings.save(drawing.id(), 1, RevisionCause.SAVED, new DrawingFiles(other), "同事小李");

    page.click("[data-m-step=end]");
    page.waitForSelector("#wm-problem:has-text('同事小李')");
    assertThat(page.locator("[data-m-saved]").innerText()).isEqualTo("没有保存");
    assertThat(newest(drawing.id()).drawing()).contains("同事改过").doesNotContain("End_");
    browser.screenshot("drawing-stale");
  }

  private Drawing begun(Browser browser, String name) {
    browser.open("/journeys/drawings");
    browser.page().fill("#name", name);
    browser.page().click("button:has-text('开始画')");
    ready(browser);
    return open(browser);
  }

  private Drawing open(Browser browser) {
    String url = browser.page().url();
    return drawings.find(Long.parseLong(url.substring(url.lastIndexOf('/') + 1))).orElseThrow();
  }

  private static void ready(Browser browser) {
    browser.page().waitForSelector("#wm-modeler[data-ready=yes]");
  }

  private DrawingFiles newest(long id) {
    return drawings.files(id, drawings.find(id).orElseThrow().revision()).orElseThrow();
  }

  private static void saved(Page page) {
    page.waitForSelector("[data-m-saved][data-state=saved]");
  }

  /** Clicks the n-th element whose id begins so. */
  private static void select(Page page, String prefix, int number) {
    page.click("[data-m-zoom=all]");
    page.locator(
            "g.djs-element[data-element-id^='%s']:not([data-element-id$='_label'])"
                .formatted(prefix))
        .nth(number)
        .click();
  }

  private static void leave(Page page, String prefix, int number, String reason) {
    select(page, prefix, number);
    page.click("[data-m-step=leave]");
    page.selectOption("[data-m-field=reason] select", reason);
    page.click("[data-m-step=end]");
  }

  private static Locator way(Page page, String target) {
    return page.locator("fieldset.wm-m-flow:has(legend:has-text('" + target + "'))");
  }

  private static String label(Page page, String options, String text) {
    return page.locator(options).allInnerTexts().stream()
        .filter(one -> one.contains(text))
        .findFirst()
        .orElseThrow();
  }

  private static Path named(Download download) {
    Path file = Path.of("target", "screenshots", download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  private int deployed(StaffMember by, DrawingFiles files) {
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((by.username() + ":" + People.PASSWORD).getBytes());
    StringBuilder body = new StringBuilder();
    files
        .texts()
        .forEach(
            (name, text) ->
                body.append(
                        "--wm\r\nContent-Disposition: form-data; name=\"%1$s\"; ".formatted(name))
                    .append("filename=\"%s\"\r\n\r\n%s\r\n".formatted(name, text)));
    return new Http(port)
        .post(
            "/engine-rest/deployment/create",
            "multipart/form-data; boundary=wm",
            body + "--wm--\r\n",
            "Authorization",
            basic)
        .statusCode();
  }

  private static void pick(Page page, String field, String text) {
    Locator input = page.locator("[data-m-field='" + field + "'] input[role=combobox]");
    input.click();
    input.fill(text);
    page.click("[data-m-field='" + field + "'] li:has-text('" + text + "')");
  }

  private TemplateVersion live(String text) {
    TemplateVersion version =
        templates.submit(
            new TemplateMetadata(
                "drawn-" + UUID.randomUUID().toString().substring(0, 8),
                "画布测试通知",
                Channel.IN_APP,
                Purpose.SERVICE,
                "none",
                List.of(),
                null,
                false,
                Map.of(),
                null),
            text,
            "somebody");
    return HeldReviews.approve(templates, version, Instant.parse("2027-06-01T02:00:00Z"));
  }
}
