package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.console.People;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeCounts;
import io.waymark.journey.migration.MigrationWork;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A marketer changes a journey with 500 people inside, another person approves, they go along. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class MigrationBrowserTest {

  private static final int PEOPLE = 500;
  private static final int FURTHER = 60;

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired MigrationWork work;
  @Autowired NodeCounts counts;
  @Autowired MovableClock clock;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;

  People people;

  @BeforeEach
  void make_people() {
    travellers.open();
    travellers.settle();
    people = new People(directory, branches, encoder);
  }

  @Test
  void a_live_journey_is_changed_with_five_hundred_people_in_flight(Browser browser) {
    Sketch first = journey(Sketch.of("flight"), "", "P10D");
    JourneyVersion from = publish(first);
    crowd(first);
    JourneyVersion to = publish(journey(first.next(), "_New", "P20D"));
    StaffMember marketer = people.everywhere(Role.MARKETER);
    StaffMember officer = people.everywhere(Role.COMPLIANCE);

    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/journeys/" + first.key() + "/migrations");
    assertThat(browser.page().locator("main").innerText()).contains("440", "60", "已退役");
    browser.screenshot("migrations");
    browser.page().click("main form button:has-text('新建')");
    browser.page().waitForSelector("[data-journey-map][data-drawn=yes]");
    Page page = browser.page();
    assertThat(page.locator("main").innerText()).contains("没有对应到新版本");
    browser.screenshot("migration-draft");

    page.locator("[data-map-side=from] g[data-element-id=Gate].djs-shape").click();
    page.locator("[data-map-side=to] g[data-element-id=Gate_New].djs-shape").click();
    assertThat(page.inputValue("#map-Gate")).isEqualTo("Gate_New");
    page.selectOption("#map-Came", "Came_New");
    page.selectOption("#map-Late", "Late_New");
    page.fill("#reason", "入金等待期改为二十天");
    page.fill("#pauseSeconds", "0");
    page.click("button[value=save]");
    page.waitForSelector(".wm-banner:has-text('预览已更新')");
    page.waitForSelector("[data-journey-map][data-drawn=yes]");
    assertThat(page.locator("main").innerText()).contains("可迁移 500 人，不能迁移 0 人");
    browser.screenshot("migration-preview");
    page.click("button[value=submit]");
    page.waitForSelector(".wm-banner:has-text('等待另一位人员审批')");
    assertThat(page.locator("button:has-text('批准')").count()).as("his own").isZero();
    String address = page.url();
    browser.signOut();

    browser.signIn(officer.username(), People.PASSWORD);
    page.navigate(address);
    page.click("button:has-text('批准并开始')");
    page.waitForSelector("#wm-confirm[open]");
    browser.screenshot("migration-approve");
    page.click("#wm-confirm button[value=yes]");
    page.waitForSelector(".wm-banner:has-text('已批准')");
    while (work.runNext() > 0) {
      // the background thread's work
    }
    page.waitForSelector("#wm-progress:has-text('已完成')");
    page.navigate(address);
    page.waitForSelector("[data-journey-map][data-drawn=yes]");
    assertThat(page.locator("#wm-progress").innerText()).contains("500");
    browser.screenshot("migration-done");

    page.navigate(address.replaceAll("/migrations/.*", "?version=" + to.version()));
    page.waitForSelector("[data-drawn=yes] .wm-count");
    browser.screenshot("migration-canvas");
    assertThat(standing(to)).isEqualTo(Map.of("Gate_New", 440L, "Wait_Guide", 60L));
    assertThat(standing(from)).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void one_customer_is_led_past_a_wait_after_a_look_at_what_it_would_do(Browser browser) {
    Sketch sketch = journey(Sketch.of("flight"), "", "P10D");
    publish(sketch);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Gate");
    StaffMember operator = people.everywhere(Role.OPERATOR);

    browser.signIn(operator.username(), People.PASSWORD);
    Page page = browser.open("/journeys/people/" + traveller.participation().id());
    page.waitForSelector("#drawing[data-drawn=yes]");
    browser.screenshot("journey-person");
    page.selectOption("#way", page.locator("#way option").first().getAttribute("value"));
    page.click("button:has-text('跳过当前等待')");
    page.waitForSelector("h2:has-text('预览：跳过当前等待')");
    assertThat(page.locator("main").innerText()).contains("到达“等待看完课程”");
    traveller.standsAt("Gate");
    page.fill("#reason", "客户来电说明已入金");
    browser.screenshot("journey-person-preview");
    page.click("form[method=post] button.btn-primary:has-text('跳过当前等待')");
    page.waitForSelector(".wm-banner:has-text('已跳过')");
    browser.screenshot("journey-person-done");

    traveller.standsAt("Wait_Guide");
    assertThat(page.locator("main").innerText()).contains("客户来电说明已入金");
    assertThat(browser.complaints()).isEmpty();
  }

  private Map<String, Long> standing(JourneyVersion version) {
    return counts.of(version.id(), BranchScope.everywhere()).stream()
        .filter(one -> one.waiting() > 0)
        .collect(
            java.util.stream.Collectors.toMap(
                NodeCounts.NodeCount::node, NodeCounts.NodeCount::waiting));
  }

  private JourneyVersion publish(Sketch sketch) {
    deployments.deploy(
        sketch.key(),
        Map.of(sketch.key() + ".bpmn", Layout.drawn(sketch.xml())),
        "author",
        List.of("marketer"));
    return HeldReviews.approve(versions, versions.of(sketch.key()).get(0));
  }

  private static Sketch journey(Sketch sketch, String suffix, String duration) {
    return sketch
        .add("<bpmn:startEvent id=\"Start\" name=\"开户\"/>")
        .add("<bpmn:eventBasedGateway id=\"Gate%s\" name=\"等待入金\"/>".formatted(suffix))
        .flow("Start", "Gate" + suffix)
        .add(event("Came" + suffix, "已入金", sketch, "test.paid", null))
        .add(event("Late" + suffix, "多日未入金", sketch, null, duration))
        .flow("Gate" + suffix, "Came" + suffix)
        .flow("Gate" + suffix, "Late" + suffix)
        .awaits("Wait_Guide\" name=\"等待看完课程", "test.learned")
        .flow("Came" + suffix, "Wait_Guide")
        .end("End_Done\" name=\"完成")
        .end("End_Late\" name=\"未入金")
        .flow("Wait_Guide", "End_Done")
        .flow("Late" + suffix, "End_Late");
  }

  private static String event(
      String id, String name, Sketch sketch, String message, String duration) {
    return message != null
        ? sketch.catching(id + "\" name=\"" + name, message)
        : """
        <bpmn:intermediateCatchEvent id="%s" name="%s"><bpmn:timerEventDefinition>
          <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">%s</bpmn:timeDuration>
        </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
        """
            .formatted(id, name, duration);
  }

  /** People made in bulk; so many of them have already come further. */
  private void crowd(Sketch sketch) {
    String prefix = "F" + UUID.randomUUID().toString().substring(0, 8);
    List<String> refs = IntStream.range(0, PEOPLE).mapToObj(i -> prefix + i).toList();
    Travellers.must(
        customers.importAll(
            refs.stream()
                .map(
                    ref ->
                        travellers.record(
                            ref,
                            java.time.LocalDate.of(1985, 5, 5),
                            Map.of(),
                            LegalStatus.NORMAL,
                            Map.of()))
                .toList(),
            "test"));
    happens(refs, sketch.entry());
    happens(refs.subList(0, FURTHER), "test.paid");
  }

  private void happens(List<String> refs, String type) {
    Travellers.must(
        events.accept(
            "test",
            refs.stream()
                .map(
                    ref ->
                        new IncomingEvent(
                            UUID.randomUUID().toString(), ref, type, clock.instant(), Map.of()))
                .toList()));
    travellers.settle();
  }
}
