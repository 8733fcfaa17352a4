package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.TimelineEntry;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.customer.tag.TagValue;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.Browser;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class CustomerPageTest {

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired CustomerTags tags;
  @Autowired TagRegistry registry;
  @Autowired Audiences audiences;
  @Autowired CustomerEvents events;
  @Autowired ApiKeys keys;
  @Autowired MovableClock clock;

  String mark;
  String ref;
  People people;

  @BeforeEach
  void settle_a_customer_with_an_open_a_stale_and_a_secret_tag() {
    mark = UUID.randomUUID().toString().substring(0, 6);
    ref = "CP" + mark;
    people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch("CP01", "上海陆家嘴营业部")));
    registry.save(definition("stale_" + mark, "换手率", Duration.ofDays(7), PrivacyClass.PUBLIC), "t");
    registry.save(definition("secret_" + mark, "家庭净值", null, PrivacyClass.SECRET), "t");
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "王小明",
                LocalDate.of(1980, 5, 1),
                "CP01",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of("tier", "core"))),
        "test");
    long id = customers.idsOf(List.of(ref)).get(ref);
    Instant old = clock.instant().minus(Duration.ofDays(8));
    tags.setAll(
        List.of(
            new TagValue(id, "stale_" + mark, "87.5", old),
            new TagValue(id, "secret_" + mark, "73190000")),
        "test");
    audience("in-" + mark, "tag secret_%s >= 1".formatted(mark));
    audience("out-" + mark, "tag stale_%s >= 1".formatted(mark));
  }

  private static TagDefinition definition(
      String code, String name, Duration freshness, PrivacyClass privacy) {
    return new TagDefinition(
        code,
        name,
        "测试用的含义。",
        TagType.NUMBER,
        TagSource.IMPORTED,
        "测试部",
        freshness,
        privacy,
        Set.of(),
        List.of(),
        false,
        null);
  }

  private void audience(String code, String rule) {
    audiences.save(new AudienceDraft(code, "人群" + code, rule, Purpose.SERVICE, null), "test");
  }

  @Test
  void a_stale_value_is_marked_and_makes_no_member(Browser browser) {
    browser.page().setDefaultTimeout(60_000);
    browser.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);
    browser.open("/customers/" + ref);
    browser.screenshot("customer-standing");
    String text = browser.page().locator("main").innerText();

    assertThat(text).contains("87.5 已过期", "73190000", "人群in-" + mark);
    assertThat(text).doesNotContain("人群out-" + mark);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_secret_value_is_told_to_the_officer_alone_on_the_page_and_in_explanations() {
    String why = "/audiences/in-" + mark + "?customer=" + ref;
    Http officer = new Http(port);
    officer.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);
    assertThat(officer.get("/customers/" + ref).body()).contains("73190000");
    assertThat(officer.get(why).body()).contains("73190000");

    Http marketer = new Http(port);
    marketer.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    assertThat(marketer.get("/customers/" + ref).body())
        .contains("家庭净值", "绝密，仅合规可见")
        .doesNotContain("73190000");
    assertThat(marketer.get(why).body()).contains("***").doesNotContain("73190000");

    String key = keys.create("s-" + mark, Set.of("read"), BranchScope.everywhere(), "test");
    assertThat(
            new Http(port)
                .get("/api/v1/audiences/in-" + mark + "/explain?customer=" + ref, "X-Api-Key", key)
                .body())
        .contains("\"***\"")
        .doesNotContain("73190000");
  }

  @Test
  void the_timeline_of_one_kind_goes_on_page_by_page_without_a_gap() {
    Instant now = clock.instant();
    events.accept(
        "app",
        IntStream.rangeClosed(1, 60)
            .mapToObj(
                number ->
                    new IncomingEvent(
                        "n" + number + "-" + mark,
                        ref,
                        "timeline.tried",
                        now.minus(Duration.ofMinutes(number)),
                        Map.of("mark", "第" + number + "次")))
            .toList());
    Http marketer = new Http(port);
    marketer.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    String path = "/customers/" + ref + "?kind=event";
    String first = marketer.get(path).body();
    assertThat(first).contains("第1次", "第50次").doesNotContain("第51次");

    String before = now.minus(Duration.ofMinutes(50)).toString();
    assertThat(first).contains("before=" + before.replace(":", "%3A"));
    assertThat(marketer.get(path + "&before=" + before.replace(":", "%3A")).body())
        .contains("第51次", "第60次")
        .doesNotContain("第50次");
  }

  @Test
  void lines_of_one_moment_stay_on_one_page() {
    Instant at = Instant.parse("2026-11-01T00:00:00Z");
    List<TimelineEntry> lines =
        IntStream.range(0, 60)
            .mapToObj(
                number ->
                    new TimelineEntry(
                        number < 20 ? at : at.plusSeconds(number), "event", "t", Map.of()))
            .toList();

    assertThat(CustomerPage.page(lines)).hasSize(60);
    assertThat(CustomerPage.page(lines.subList(15, 60))).hasSize(45);
  }
}
