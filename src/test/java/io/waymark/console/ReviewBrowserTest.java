package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewFilter;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.Reviews;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A text from its author's first draft with a hidden violation to its number, as people do it. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class ReviewBrowserTest {

  private static final String HIDDEN =
      "【示例证券】${customer.name}您好，本产品保\u200B本，稳zhuan不赔，限时开放。"
          + "投资有风险，入市需谨慎。客服热线95000，个人信息使用见隐私政策。拒收请回复R";
  private static final String MENDED =
      "【示例证券】${customer.name}您好，本周市场行情投教讲堂开讲，欢迎收看。" + "投资有风险，入市需谨慎。客服热线95000，个人信息使用见隐私政策。拒收请回复R";

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Templates templates;
  @Autowired Reviews reviews;
  @Autowired TaskService tasks;

  @Test
  void a_hidden_violation_is_explained_and_mended_and_two_other_people_approve(Browser browser) {
    People people = new People(directory, branches, encoder);
    StaffMember author = people.everywhere(Role.MARKETER);
    StaffMember reviewer = people.everywhere(Role.MARKETER);
    StaffMember officer = people.everywhere(Role.COMPLIANCE);
    String code = "hidden-" + UUID.randomUUID().toString().substring(0, 8);

    // The author writes and sees at once what the machine finds, the hidden character included.
    browser.signIn(author.username(), People.PASSWORD);
    browser.open("/templates");
    browser.page().click(".wm-actions a:has-text('新建模板')");
    browser.page().fill("#code", code);
    browser.page().fill("#title", "投教讲堂邀请");
    browser.page().fill("#source", HIDDEN);
    browser.page().waitForSelector("#wm-preview mark.wm-hit:has-text('U+200B')");
    assertThat(browser.page().locator("#wm-preview").innerText())
        .contains("不得发送", "疑似规避", "建议改为", "广告法")
        .doesNotContain("合规通过");
    browser.screenshot("template-editor");

    browser.page().click("button:has-text('保存并提交审核')");
    browser.page().waitForURL("**/reviews/**");
    browser.screenshot("review-refused");
    assertThat(browser.page().locator(".wm-banner.wm-bad:not([hidden])").innerText())
        .contains("任何人都不能批准", "G01");
    Review refused = review(code);
    assertThat(refused.status()).isEqualTo(ReviewStatus.REFUSED);

    browser.page().click(".wm-actions a:has-text('修改')");
    browser.page().fill("#source", MENDED);
    browser.page().waitForSelector("#wm-preview .badge:has-text('机器未拦截')");
    browser.page().click("button:has-text('保存并提交审核')");
    browser.page().waitForSelector(".wm-banner:has-text('等待业务复核')");
    Review review = review(code);
    assertThat(review.version()).isEqualTo("2");
    assertThat(browser.page().locator("form[action$=decide]").count()).isZero();
    browser.screenshot("review-author");

    authorIsRefusedAtEveryDoor(author, review);

    // Somebody else of the business reads it, and after that somebody of compliance.
    decide(browser, reviewer, review, "review-business");
    authorIsRefusedAtEveryDoor(author, review(code));
    assertThat(templates.versionsOf(code).get(0).status()).isEqualTo(TemplateStatus.IN_REVIEW);
    decide(browser, officer, review, "review-officer");

    TemplateVersion approved = templates.versionsOf(code).get(0);
    Review done = review(code);
    assertThat(done.businessReviewer()).isEqualTo(reviewer.username());
    assertThat(done.officer()).isEqualTo(officer.username());
    assertThat(approved.status()).isEqualTo(TemplateStatus.APPROVED);
    assertThat(approved.approvalNumber()).isEqualTo(done.approvalNumber()).startsWith("WM-");
    assertThat(browser.page().locator(".wm-banner.wm-good").last().innerText())
        .contains(approved.approvalNumber());
    browser.phone();
    browser.screenshot("review-phone");
    assertThat(browser.complaints()).isEmpty();

    theNextVersionIsShownBesideTheApprovedOne(browser, author, officer, code);
  }

  private void decide(Browser browser, StaffMember by, Review review, String picture) {
    browser.signOut();
    browser.signIn(by.username(), People.PASSWORD);
    browser.open("/");
    assertThat(browser.page().locator("a.wm-figure:has-text('等您复核') strong").innerText())
        .as("waits on the first page")
        .isNotEqualTo("0");
    browser.open("/reviews?q=" + review.code());
    browser.screenshot("reviews");
    browser.page().click("#wm-list a:has-text('投教讲堂邀请')");
    browser.page().waitForSelector("form[action$=decide]");
    browser.screenshot(picture);
    browser.page().click("form[action$=decide] button:has-text('同意')");
    browser.page().waitForSelector(".wm-banner.wm-good");
  }

  private void theNextVersionIsShownBesideTheApprovedOne(
      Browser browser, StaffMember author, StaffMember officer, String code) {
    TemplateVersion first = templates.versionsOf(code).get(0);
    templates.draft(first.metadata(), first.source().replace("本周", "下周"), author.username());
    Review next =
        reviews.submit(
            io.waymark.compliance.review.SubjectKind.TEMPLATE,
            Long.toString(templates.versionsOf(code).get(0).id()),
            author.username());
    browser.open("/reviews/" + next.id());
    browser.screenshot("review-changes");
    assertThat(browser.page().locator(".wm-diff del").allInnerTexts()).contains("本");
    assertThat(browser.page().locator(".wm-diff ins").allInnerTexts()).contains("下");
  }

  /** The page, the console's command, REST and Tasklist. */
  private void authorIsRefusedAtEveryDoor(StaffMember author, Review review) {
    Http console = new Http(port);
    console.signIn(author.username(), People.PASSWORD);
    String page = "/reviews/" + review.id();
    HttpResponse<String> posted =
        console.form(
            page + "/decide",
            Map.of("hash", review.hash(), "outcome", "agree", "_csrf", console.token("/")));
    assertThat(posted.statusCode()).isIn(200, 302);
    assertThat(console.get(page, "Accept", "text/html").body()).contains("不能审核自己编写或提交的内容");

    String task =
        tasks
            .createTaskQuery()
            .processInstanceBusinessKey("review/" + review.id())
            .singleResult()
            .getId();
    String answer =
        """
        {"variables":{"outcome":{"value":"agree"}}}
        """;
    for (String door :
        new String[] {"/engine-rest/task/", "/camunda/api/engine/engine/default/task/"}) {
      for (String act : new String[] {"/complete", "/submit-form"}) {
        HttpResponse<String> refused =
            console.json(door + task + act, answer, "X-CSRF-TOKEN", console.token("/"));
        assertThat(refused.statusCode()).as(door + act + refused.body()).isBetween(400, 499);
      }
    }
    assertThat(reviews.find(review.id(), BranchScope.everywhere()).orElseThrow().status())
        .isEqualTo(review.status());
  }

  private Review review(String code) {
    return reviews
        .page(new ReviewFilter(null, null, null, null, null, code), BranchScope.everywhere(), 0, 10)
        .stream()
        .max(java.util.Comparator.comparingLong(Review::id))
        .orElseThrow();
  }
}
