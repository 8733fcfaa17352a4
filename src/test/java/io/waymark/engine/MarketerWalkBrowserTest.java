package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.waymark.console.People;
import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentState;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.NodeCounts;
import io.waymark.journey.migration.MigrationWork;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The whole walk of a marketer, by hand: the margin journey from an empty canvas, mended by what
 * the checks say, rehearsed, handed in, approved by two other people, live, changed with 500
 * customers inside who are taken along.
 */
@WithTravellers
@ExtendWith(Browser.Use.class)
class MarketerWalkBrowserTest {

  private static final int PEOPLE = 500;
  private static final int LEARNED = 20;

  @Autowired Travellers travellers;
  @Autowired EventTypes types;
  @Autowired MigrationWork work;
  @Autowired NodeCounts counts;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String key = "walk-" + mark;
  private final String entry = "walk." + mark.replaceAll("[0-9]", "x");
  private StaffMember marketer;
  private StaffMember reviewer;
  private StaffMember officer;
  private Browser browser;
  private Page page;
  private CanvasHand hand;

  @BeforeEach
  void a_broker_with_people() {
    travellers.open();
    travellers.settle();
    People people = new People(directory, branches, encoder);
    marketer = people.everywhere(Role.MARKETER);
    reviewer = people.everywhere(Role.MARKETER);
    officer = people.everywhere(Role.COMPLIANCE);
    types.save(new EventType(entry, "浏览两融开户页", "测试", "", null, List.of()), "author");
  }

  @AfterEach
  void on_time() {
    travellers.clock.reset();
  }

  @Test
  void a_marketer_draws_rehearses_publishes_and_safely_changes_a_journey_alone(Browser given) {
    browser = given;
    page = given.page();
    hand = new CanvasHand(page);
    page.setViewportSize(1600, 1000);
    page.setDefaultTimeout(60_000);
    browser.signIn(marketer.username(), People.PASSWORD);

    Course course = draw();
    rehearse();
    hand.ready();
    publish("v1");
    JourneyVersion first = newest();
    List<String> refs = crowd();
    assertThat(standing(first)).isEqualTo(Map.of(course.gate(), (long) PEOPLE));
    assertThat(sent()).as("one letter each").isEqualTo(PEOPLE);

    Course longer = change(first, course);
    publish("v2");
    JourneyVersion second = newest();
    travellers.clock.advance(Duration.ofDays(1));
    migrate(course, longer);

    assertThat(standing(first)).isEmpty();
    assertThat(standing(second)).isEqualTo(Map.of(longer.gate(), (long) PEOPLE));
    assertThat(sent()).as("none is told twice").isEqualTo(PEOPLE);
    Date due = Date.from(travellers.clock.instant().plus(Duration.ofDays(20)));
    assertThat(travellers.management.createJobQuery().activityId(longer.timer()).list())
        .as("counted anew, as chosen")
        .hasSize(PEOPLE)
        .allSatisfy(job -> assertThat(job.getDuedate()).isEqualTo(due));
    assertThat(travellers.management.createJobQuery().activityId(course.timer()).count()).isZero();

    happens(refs.subList(0, LEARNED), "margin.course_completed");
    assertThat(standing(second))
        .isEqualTo(
            Map.of(longer.gate(), (long) PEOPLE - LEARNED, longer.advisor(), (long) LEARNED));
    browser.open("/journeys/" + key);
    page.waitForSelector("[data-drawn=yes] .wm-count");
    browser.picture("journey-report");
    assertThat(browser.complaints()).isEmpty();
  }

  /** The elements around the wait for the course. */
  private record Course(String gate, String learned, String timer, String advisor, String late) {}

  private Course draw() {
    browser.open("/journeys/drawings");
    page.fill("#name", "两融开通陪伴");
    page.click("button:has-text('开始画')");
    hand.ready();
    settings();

    String facts = hand.drag("facts", "Start");
    hand.tick("facts", "风险等级", "风险测评", "两融资格");
    hand.connect("Start", facts);
    hand.select(facts);
    String table = hand.next("decide");
    hand.name("决策表：两融路径");
    table();
    hand.select(table);
    String route = hand.step("gateway");
    hand.step("recommend");
    hand.name("推荐：两融服务");
    hand.tick("pool", "两融");
    String suitable = hand.step("gateway");
    hand.name("可以介绍两融？");
    hand.step("check");
    hand.name("合规检查：投教");
    hand.pick("template", "margin-education-email");
    String verdict = hand.step("gateway");
    hand.name("可以触达吗？");
    String send = hand.step("send");
    hand.name("邮件：两融投教");
    hand.pick("template", "margin-education-email");
    String withheld = hand.leave(verdict, "离开：暂不宜触达", "withheld");
    hand.leave(suitable, "离开：不适合", "unsuitable");
    hand.leave(route, "离开：先做测评", "not_assessed");
    hand.leave(route, "离开：不符合条件", "not_eligible");
    ways(route, suitable, verdict);

    String forgotten = forget(send);
    hand.delete(forgotten);
    hand.connect(hand.newest("Withheld_"), withheld);
    Course course = waitForTheCourse(send, "3");
    frames();
    nothingIsLeftToMend();
    return course;
  }

  private void settings() {
    hand.nothing();
    page.selectOption("[data-m-field=entry]", "waymark.journey-event-filtered");
    hand.pick("entryEvent", entry);
    hand.pick("entryFilter", "margin-qualified");
    page.locator("[data-m-field=purpose] select").selectOption("margin_marketing");
    hand.type("说明", "合格客户浏览开户页后，先投教，再由有两融资格的投顾一对一沟通。");
    hand.type("旅程编号", key);
  }

  private void table() {
    page.click("button:has-text('编辑决策表')");
    for (String input : List.of("风险测评", "两融资格", "风险等级")) {
      page.locator("[aria-label='加一个条件']")
          .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(input));
    }
    page.click("#wm-m-table button:has-text('加一条规则')");
    page.click("#wm-m-table button:has-text('加一条规则')");
    hand.cell(0, 0, "已过期", "没有");
    hand.cell(1, 0, "有效");
    hand.cell(1, 1, "符合");
    hand.cell(1, 2, "C4", "C5");
    hand.result(0, "reassess", "没有有效的测评：先请客户本人重做");
    hand.result(1, "advise", "条件满足：投教、投顾一对一");
    hand.result(2, "stop", "其余情况：不打扰");
    browser.screenshot("walk-table");
    page.click("#wm-m-table button:has-text('完成')");
  }

  private void ways(String route, String suitable, String verdict) {
    hand.select(route);
    hand.way("推荐：两融服务", "route", "advise");
    hand.way("离开：先做测评", "route", "reassess");
    hand.otherwise("离开：不符合条件");
    hand.select(suitable);
    hand.way("离开：不适合", "product", "none");
    hand.otherwise("合规检查：投教");
    hand.select(verdict);
    hand.way("邮件：两融投教", "verdict", "allowed");
    hand.otherwise("离开：暂不宜触达");
  }

  /** A wait without an end, and a letter without a way for whom it may not reach. */
  private String forget(String send) {
    hand.select(send);
    String wait = hand.step("wait-event");
    hand.pick("event", "margin.course_completed");
    page.click("[data-m-tab=findings]");
    page.waitForSelector(".wm-m-finding:has-text('没有期限')");
    page.waitForSelector(".wm-m-finding.wm-m-error:has-text('不可触达')");
    page.waitForSelector("[data-element-id='" + wait + "'].wm-m-has-error");
    page.click("[data-m-zoom=all]");
    hand.nothing();
    browser.picture("modeler-problem");
    return wait;
  }

  private Course waitForTheCourse(String send, String days) {
    hand.select(send);
    String gate = hand.step("wait-either");
    hand.name("等客户学习");
    String learned = hand.newest("Wait_");
    String timer = hand.newest("Timer_");
    hand.select(learned);
    hand.pick("event", "margin.course_completed");
    hand.name("学完两融课程");
    hand.select(timer);
    hand.labelled("多久").locator("input").fill(days);
    hand.labelled("多久").locator("input").press("Tab");
    String late = hand.leave(timer, "离开：没有学完", "not_learned");
    hand.select(learned);
    String advisor = advisor();
    return new Course(gate, learned, timer, advisor, late);
  }

  private String advisor() {
    String advisor = hand.step("advisor");
    hand.name("投顾一对一沟通");
    hand.labelled("类型").locator("select").selectOption("waymark.advisor-task-qualified");
    hand.choose("qualification", "margin");
    for (String outcome : List.of("愿意开通", "还要考虑")) {
      page.fill("[aria-label='加一个结果']", outcome);
      page.press("[aria-label='加一个结果']", "Tab");
    }
    page.locator(".wm-m-row:has([aria-label='结果 1']) button").click();
    page.waitForSelector("[aria-label='结果 4']");
    PlaywrightAssertions.assertThat(page.locator("[aria-label='结果 5']")).hasCount(0);
    String outcome = hand.step("gateway");
    hand.name("沟通结果");
    hand.leave(outcome, "离开：客户不需要", "declined");
    hand.leave(outcome, "离开：没联系上", "no_answer");
    hand.select(outcome);
    String open = hand.step("wait-time");
    hand.labelled("多久").locator("input").fill("30");
    hand.labelled("多久").locator("input").press("Tab");
    hand.leave(open, "离开：没有开通", "not_opened");
    hand.select(outcome);
    hand.way("等 30 天", "outcome", "will_open");
    hand.way("离开：客户不需要", "outcome", "declined");
    hand.otherwise("离开：没联系上");
    return advisor;
  }

  private void frames() {
    hand.nothing();
    hand.step("goal-event");
    hand.select(hand.newest("On_"));
    hand.pick("event", "margin.opened");
    hand.name("两融已开通");
    hand.select(hand.newest("Goal_"));
    hand.choose("goal", "margin_opened");
    hand.nothing();
    hand.step("exit-event");
  }

  private void nothingIsLeftToMend() {
    page.click("[data-m-zoom=all]");
    hand.saved();
    page.click("[data-m-tab=findings]");
    page.waitForFunction(
        "() => !document.querySelector('.wm-m-finding.wm-m-error') &&"
            + " !document.querySelector('[data-m-pane=findings]').hasAttribute('aria-busy')");
    browser.screenshot("walk-whole");
  }

  private void rehearse() {
    String drawing = page.url();
    page.click("a[href*='/rehearsals/walk']");
    page.selectOption("#branch", Travellers.BRANCH);
    page.selectOption("#level", "C4");
    page.fill(
        "#tags",
        """
        asset_avg_20d=800000
        trading_months=36
        education_high_risk=true
        education_high_risk_at=2026-01-05T10:00:00+08:00
        """);
    page.click("button[value=begin]");
    page.waitForSelector("#walk-now:has-text('等客户学习')");
    page.fill("#eventType", "margin.course_completed");
    page.click("button[value=event]");
    page.waitForSelector("#walk-now:has-text('投顾一对一沟通')");
    page.waitForSelector(".wm-canvas[data-drawn=yes]");
    browser.picture("rehearsal-walk");
    page.click("button[value='answer will_open']");
    page.waitForSelector("#walk-now:has-text('等 30 天')");
    page.fill("#eventType", "margin.opened");
    page.click("button[value=event]");
    page.waitForSelector("#walk-now:has-text('达成目标')");
    page.navigate(drawing);
  }

  /** Hands in what is on the canvas; two others agree; the marketer lets it out. */
  private void publish(String version) {
    page.click("[data-m-submit]");
    page.waitForURL("**/reviews/*");
    String review = page.url();
    assertThat(page.locator("form[action$=decide]").count()).as("his own").isZero();
    for (StaffMember reader : List.of(reviewer, officer)) {
      browser.signOut();
      browser.signIn(reader.username(), People.PASSWORD);
      page.navigate(review);
      page.waitForSelector(".wm-canvas[data-drawn=yes]");
      if (reader == officer && version.equals("v1")) {
        browser.picture("journey-review");
      }
      page.click("form[action$=decide] button:has-text('同意')");
      page.waitForSelector(".wm-banner.wm-good");
    }
    browser.signOut();
    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/journeys/" + key + "?version=" + version.substring(1));
    page.click(".wm-actions a:has-text('发布')");
    page.waitForURL("**/publish");
    page.fill("input[name=shares]", "100");
    page.click("form[action$='/publish'] button[type=submit]");
    page.waitForURL("**/journeys/" + key + "**");
    assertThat(page.locator("main").innerText()).contains("进行中");
  }

  private Course change(JourneyVersion first, Course course) {
    browser.open("/journeys/drawings");
    page.fill("#name", "两融开通陪伴：延长学习期");
    page.selectOption("#source", "v" + first.id());
    page.click("button:has-text('开始画')");
    hand.ready();
    hand.delete(course.timer());
    hand.delete(course.learned());
    hand.delete(course.gate());
    hand.select(hand.newest("Send_"));
    String gate = hand.step("wait-either");
    hand.name("等客户学习");
    String learned = hand.newest("Wait_");
    String timer = hand.newest("Timer_");
    hand.select(learned);
    hand.pick("event", "margin.course_completed");
    hand.name("学完两融课程");
    hand.connect(learned, course.advisor());
    hand.select(timer);
    hand.labelled("多久").locator("input").fill("20");
    hand.labelled("多久").locator("input").press("Tab");
    hand.connect(timer, course.late());
    nothingIsLeftToMend();
    return new Course(gate, learned, timer, course.advisor(), course.late());
  }

  private void migrate(Course from, Course to) {
    browser.open("/journeys/" + key + "/migrations");
    page.click("main form button:has-text('新建')");
    page.waitForSelector("[data-journey-map][data-drawn=yes]");
    assertThat(page.locator("main").innerText()).contains("没有对应到新版本");
    map(from.gate(), to.gate());
    map(from.learned(), to.learned());
    map(from.timer(), to.timer());
    page.selectOption("#timers", "anew");
    page.fill("#reason", "学习期改为二十天");
    page.fill("#pauseSeconds", "0");
    page.click("button[value=save]");
    page.waitForSelector(".wm-banner:has-text('预览已更新')");
    page.waitForSelector("[data-journey-map][data-drawn=yes]");
    assertThat(page.locator("main").innerText()).contains("可迁移 500 人，不能迁移 0 人");
    browser.picture("migration-preview");
    page.click("button[value=submit]");
    page.waitForSelector(".wm-banner:has-text('等待另一位人员审批')");
    String address = page.url();
    browser.signOut();
    browser.signIn(officer.username(), People.PASSWORD);
    page.navigate(address);
    page.click("button:has-text('批准并开始')");
    page.click("#wm-confirm[open] button[value=yes]");
    page.waitForSelector(".wm-banner:has-text('已批准')");
    while (work.runNext() > 0) {
      // the background thread's work
    }
    page.waitForSelector("#wm-progress:has-text('已完成')");
    browser.signOut();
    browser.signIn(marketer.username(), People.PASSWORD);
  }

  private void map(String from, String to) {
    side("from", from).click();
    side("to", to).click();
    assertThat(page.inputValue("#map-" + from)).isEqualTo(to);
  }

  private Locator side(String side, String id) {
    return page.locator("[data-map-side=%s] g[data-element-id=%s].djs-shape".formatted(side, id));
  }

  private JourneyVersion newest() {
    return travellers.versions.of(key).get(0);
  }

  private Map<String, Long> standing(JourneyVersion version) {
    Map<String, Long> standing = new HashMap<>();
    counts.of(version.id(), BranchScope.everywhere()).stream()
        .filter(one -> one.waiting() > 0)
        .forEach(one -> standing.put(one.node(), one.waiting()));
    return standing;
  }

  private long sent() {
    return travellers
        .jdbc
        .sql("select count(*) from message where journey_key = ?")
        .param(key)
        .query(Long.class)
        .single();
  }

  /** 500 people who qualify look at the page. */
  private List<String> crowd() {
    String prefix = "W" + mark;
    List<String> refs = IntStream.range(0, PEOPLE).mapToObj(i -> prefix + "-" + i).toList();
    Map<String, String> tags =
        Map.of(
            "asset_avg_20d", "800000",
            "trading_months", "36",
            "education_high_risk", "true",
            "education_high_risk_at", "2026-01-05T10:00:00+08:00");
    travellers.registry.declareMissing(tags.keySet(), "test");
    Travellers.must(
        travellers.customers.importAll(
            refs.stream()
                .map(
                    ref ->
                        travellers.record(
                            ref,
                            LocalDate.of(1985, 5, 5),
                            Map.of(
                                "email", ref.toLowerCase(java.util.Locale.ROOT) + "@example.com"),
                            LegalStatus.NORMAL,
                            tags))
                .toList(),
            "test"));
    Travellers.must(
        travellers.consents.record(
            refs.stream()
                .map(
                    ref ->
                        travellers.consent(
                            ref, Purpose.MARGIN_MARKETING, Channel.EMAIL, ConsentState.GRANTED))
                .toList(),
            "test"));
    Instant now = travellers.clock.instant();
    Travellers.must(
        travellers.assessments.record(
            refs.stream()
                .map(
                    ref ->
                        new AssessmentRow(
                            ref,
                            new RiskAssessment(
                                RiskTolerance.C4,
                                false,
                                now,
                                now.plus(Duration.ofDays(300)),
                                "long",
                                Set.of("bond_fund", "margin"),
                                "aggressive")))
                .toList(),
            "test"));
    happens(refs, entry);
    return refs;
  }

  private void happens(List<String> refs, String type) {
    Travellers.must(
        travellers.events.accept(
            "test",
            refs.stream()
                .map(
                    ref ->
                        new IncomingEvent(
                            UUID.randomUUID().toString(),
                            ref,
                            type,
                            travellers.clock.instant(),
                            Map.of()))
                .toList()));
    travellers.settle();
  }
}
