package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.waymark.console.People;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.publication.PublicationRound;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A marketer alone: an approved journey is scheduled, ramped up, watched, stopped and read. */
@WithTravellers
@ExtendWith(Browser.Use.class)
class PublicationBrowserTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired PublicationRound round;
  @Autowired EventTypes types;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private String key;
  private String entry;
  private String marketer;

  @BeforeEach
  void an_approved_journey() throws IOException {
    travellers.open();
    travellers.settle();
    marketer = new People(staff, branches, encoder).everywhere(Role.MARKETER).username();
    key = "ramp" + UUID.randomUUID().toString().substring(0, 8);
    entry = "enter." + key;
    types.save(new EventType(entry, "开户完成", "测试", "", null, List.of()), "author");
    String drawing =
        Files.readString(Path.of("processes/onboarding.bpmn"))
            .replace("id=\"onboarding\"", "id=\"" + key + "\"")
            .replace("bpmnElement=\"onboarding\"", "bpmnElement=\"" + key + "\"")
            .replace("value=\"account.opened\"", "value=\"" + entry + "\"");
    deployments.deploy(
        key,
        Map.of(
            key + ".bpmn",
            drawing.getBytes(StandardCharsets.UTF_8),
            "onboarding-advisor.form",
            Files.readAllBytes(Path.of("processes/onboarding-advisor.form"))),
        "author",
        List.of("marketer"));
    JourneyVersion draft = versions.of(key).get(0);
    versions.approve(draft.id(), draft.hash(), HeldReviews.held(versions, draft));
  }

  @AfterEach
  void on_time() {
    clock.reset();
  }

  @Test
  void from_approved_to_everybody_and_to_a_stop(Browser browser) {
    browser.signIn(marketer, People.PASSWORD);
    Page page = browser.open("/journeys/" + key);
    assertThat(page.locator(".wm-banner:not(#wm-problem)").first().textContent()).contains("还没有发布");
    page.locator(".wm-actions a:has-text('发布')").click();
    page.waitForURL("**/publish");
    browser.screenshot("publication-form");

    ZonedDateTime at = clock.instant().atZone(ZoneId.of("Asia/Shanghai")).plusHours(2);
    page.locator("input[name=when][value=at]").check();
    page.locator("input[name=at]")
        .fill(at.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")));
    page.locator("input[name=dwell]").fill("");
    page.locator("input[name=shares]").fill("20, 50, 100");
    page.locator("input[name=complaints]").fill("10");
    page.locator("input[name=least]").fill("5");
    page.locator("form[action$='/publish'] button[type=submit]").click();
    page.waitForURL("**/journeys/" + key + "**");
    assertThat(page.locator("main").textContent()).contains("自动发布");
    assertThat(versions.of(key).get(0).status()).isEqualTo(JourneyStatus.SCHEDULED);
    browser.screenshot("publication-scheduled");

    clock.advance(Duration.ofHours(2));
    round.run();
    List<Traveller> people = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      people.add(travellers.somebody().does(entry));
    }
    page.reload();
    assertThat(page.locator("main").textContent()).contains("已放量 20%").contains("等待放量");
    for (int step = 0; step < 2; step++) {
      page.locator("form[action$='/raise'] button").click();
      page.locator("#wm-confirm button[value=yes]").click();
      page.waitForSelector("text=已放量，排队的客户正在进入");
      travellers.settle();
    }
    page.reload();
    assertThat(page.locator("main").textContent()).contains("已放量 100%");
    page.waitForSelector("#drawing[data-drawn=yes]");
    browser.screenshot("publication-live");

    page.locator("#drawing [data-element-id=Gw_WelcomeResult] .djs-hit").first().click();
    page.waitForURL("**/nodes/Gw_WelcomeResult**");
    assertThat(page.locator("tbody tr").count()).isEqualTo(20);
    browser.screenshot("publication-people");

    people.subList(0, 5).forEach(one -> one.does("complaint.filed"));
    round.run();
    browser.open("/journeys/" + key);
    assertThat(page.locator(".wm-banner:not(#wm-problem)").first().textContent())
        .contains("已自动停止")
        .contains("投诉比例 25.00%");
    browser.screenshot("publication-stopped");
    page.locator("form[action$='/resume'] select[name=choice]").selectOption("fire");
    page.locator("form[action$='/resume'] button").click();
    page.locator("#wm-confirm button[value=yes]").click();
    page.waitForSelector("text=已恢复");
    assertThat(versions.of(key).get(0).status()).isEqualTo(JourneyStatus.LIVE);

    Locator reason = page.locator("form[action$='/kill'] textarea");
    reason.fill("客户大量投诉");
    page.locator("form[action$='/kill'] button").click();
    page.locator("#wm-confirm button[value=yes]").click();
    page.waitForSelector("text=旅程已紧急停止");
    browser.screenshot("publication-killed");
    assertThat(
            jdbc.sql("select count(*) from recall where kind = 'journey' and target = ?")
                .param(key)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(browser.complaints()).isEmpty();
  }
}
