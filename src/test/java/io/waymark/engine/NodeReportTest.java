package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyInWords;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodePeople;
import io.waymark.journey.NodePeople.Share;
import io.waymark.journey.NodeReports;
import io.waymark.journey.NodeReports.NodeReport;
import io.waymark.journey.Period;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The drawing as the report: every number is people, and the numbers agree. */
@WithTravellers
class NodeReportTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired NodeReports reports;
  @Autowired NodePeople people;
  @Autowired JourneyInWords inWords;
  @Autowired StatementCounter statements;
  @Autowired MovableClock clock;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
  }

  @AfterEach
  void on_time() {
    clock.reset();
  }

  private Sketch mixed() {
    return Sketch.of("report")
        .add("<bpmn:startEvent id=\"Start\"/>")
        .awaits("First", "test.a")
        .step("Send", "sendMessage", Map.of("template", "no-such-template"))
        .awaits("Last", "test.b")
        .end("End")
        .goal("test.goal")
        .flow("Start", "First")
        .flow("First", "Send")
        .flow("Send", "Last")
        .flow("Last", "End");
  }

  private Map<String, NodeReport> report(JourneyVersion version, Period period) {
    return reports.of(version.id(), period, BranchScope.everywhere()).stream()
        .collect(Collectors.toMap(NodeReport::node, Function.identity()));
  }

  @Test
  void after_any_walk_who_came_is_waiting_done_failed_or_withheld() {
    Sketch sketch = mixed();
    JourneyVersion version = sketch.publish(deployments, versions);
    Random random = new Random(7);
    List<String> ways = List.of("test.a", "test.b", "test.goal", "nothing");
    for (int walker = 0; walker < 25; walker++) {
      Traveller traveller = travellers.somebody().does(sketch.entry());
      for (int step = random.nextInt(4); step > 0; step--) {
        traveller.does(ways.get(random.nextInt(ways.size())));
        clock.advance(Duration.ofMinutes(random.nextInt(90)));
        reconciles(version);
      }
    }
    NodeReport first = report(version, Period.ALL).get("First");
    assertThat(first.entered()).isEqualTo(25);
    assertThat(first.waiting()).isPositive();
    assertThat(first.interrupted()).isPositive();
  }

  private void reconciles(JourneyVersion version) {
    assertThat(report(version, Period.ALL).values())
        .allSatisfy(
            one -> {
              assertThat(one.entered())
                  .as(one.node())
                  .isEqualTo(one.waiting() + one.done() + one.failed() + one.withheld());
              for (Share share : Share.values()) {
                assertThat(
                        people.page(
                            version.id(),
                            one.node(),
                            share,
                            Period.ALL,
                            BranchScope.everywhere(),
                            0,
                            100))
                    .as("%s of %s", share, one.node())
                    .hasSize((int) number(one, share));
              }
            });
  }

  private static long number(NodeReport report, Share share) {
    return switch (share) {
      case ENTERED -> report.entered();
      case WAITING -> report.waiting();
      case DONE -> report.done();
      case FAILED -> report.failed();
      case WITHHELD -> report.withheld();
    };
  }

  @Test
  void whoever_looks_on_asks_the_database_once_and_sees_it_again_soon() {
    Sketch sketch = mixed();
    JourneyVersion version = sketch.publish(deployments, versions);
    travellers.somebody().does(sketch.entry());
    BranchScope scope = BranchScope.everywhere();
    assertThat(
            statements.during(
                () -> {
                  for (int viewer = 0; viewer < 20; viewer++) {
                    reports.lately(version.id(), Period.ALL, scope);
                  }
                }))
        .hasSize(1);
    assertThat(
            statements.during(
                () -> reports.lately(version.id(), Period.ALL, BranchScope.of(Travellers.BRANCH))))
        .as("other branches are another question")
        .hasSize(1);

    travellers.somebody().does(sketch.entry());
    assertThat(reports.lately(version.id(), Period.ALL, scope))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.entered()).isEqualTo(1));
    clock.advance(Duration.ofSeconds(10));
    assertThat(reports.lately(version.id(), Period.ALL, scope))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.entered()).isEqualTo(2));
  }

  @Test
  void who_did_not_go_on_is_neither_who_still_waits_nor_who_went_on() {
    Sketch sketch = mixed();
    JourneyVersion version = sketch.publish(deployments, versions);
    travellers.somebody().does(sketch.entry()).does("test.a");
    travellers.somebody().does(sketch.entry()).does("test.goal");
    travellers.somebody().does(sketch.entry());

    NodeReport first = report(version, Period.ALL).get("First");
    assertThat(first.entered()).isEqualTo(3);
    assertThat(first.waiting()).isEqualTo(1);
    assertThat(first.dropped()).as("the goal took him away").isEqualTo(1);
  }

  @Test
  void an_event_that_comes_is_the_way_on_from_the_gateway_that_awaited_it() {
    Sketch sketch =
        Sketch.of("report")
            .add("<bpmn:startEvent id=\"Start\"/><bpmn:eventBasedGateway id=\"Gate\"/>")
            .awaits("Came", "test.a")
            .timer("Late", "P3D")
            .end("End_Came")
            .end("End_Late")
            .goal("test.goal")
            .flow("Start", "Gate")
            .flow("Gate", "Came")
            .flow("Gate", "Late")
            .flow("Came", "End_Came")
            .flow("Late", "End_Late");
    JourneyVersion version = sketch.publish(deployments, versions);
    travellers.somebody().does(sketch.entry()).does("test.a").wentBy("Gate=done", "Came=done");
    travellers.somebody().does(sketch.entry()).timeComes("Late").wentBy("Gate=done", "Late=done");
    travellers.somebody().does(sketch.entry()).does("test.goal").wentBy("Gate=interrupted");

    NodeReport gate = report(version, Period.ALL).get("Gate");
    assertThat(gate.done()).isEqualTo(3);
    assertThat(gate.dropped()).as("the goal alone took somebody away").isEqualTo(1);
  }

  @Test
  void time_in_a_node_is_told_to_within_five_percent_and_only_of_those_who_left() {
    Sketch sketch = mixed();
    JourneyVersion version = sketch.publish(deployments, versions);
    for (int hours = 1; hours <= 10; hours++) {
      Traveller traveller = travellers.somebody().does(sketch.entry());
      clock.advance(Duration.ofHours(hours));
      traveller.does("test.a");
    }
    travellers.somebody().does(sketch.entry());

    NodeReport first = report(version, Period.ALL).get("First");

    assertThat(first.medianSeconds()).isBetween(17_100L, 18_900L);
    assertThat(first.ninetiethSeconds()).isBetween(30_780L, 34_020L);
    assertThat(report(version, Period.ALL).get("Start").medianSeconds()).isNull();
  }

  @Test
  void a_period_and_a_branch_show_only_their_own_and_one_statement_is_enough() {
    Sketch sketch = mixed();
    JourneyVersion version = sketch.publish(deployments, versions);
    travellers.somebody().does(sketch.entry());
    clock.advance(Duration.ofDays(2));
    travellers.somebody().does(sketch.entry());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));

    assertThat(report(version, Period.days(today, null)).get("First").entered()).isEqualTo(1);
    assertThat(report(version, Period.days(null, today.minusDays(1))).get("First").entered())
        .isEqualTo(1);
    assertThat(report(version, Period.days(today.plusDays(1), null))).isEmpty();
    assertThat(reports.of(version.id(), Period.ALL, BranchScope.of("XX99"))).isEmpty();
    assertThat(
            statements.during(() -> reports.of(version.id(), Period.ALL, BranchScope.everywhere())))
        .hasSize(1);
  }

  @Test
  void a_journey_says_in_words_what_its_settings_mean() throws IOException {
    byte[] shipped = Files.readAllBytes(Path.of("processes/win-back.bpmn"));
    assertThat(inWords.of(shipped))
        .anyMatch(sentence -> sentence.startsWith("客户"))
        .anyMatch(sentence -> sentence.contains("即达成目标“客户回来交易”"))
        .anyMatch(sentence -> sentence.contains("即退出（客户投诉,停止营销）"))
        .allMatch(sentence -> sentence.endsWith("。"));

    Sketch sketch =
        mixed()
            .set("reentryDays", "90")
            .set("holdoutPercent", "10")
            .set("maxInside", "500")
            .set("maxPerDay", "1000");
    assertThat(inWords.of(sketch.publish(deployments, versions)))
        .contains(
            "每位客户离开后 90 天内不会再次进入。",
            "约 10% 的客户作为对照组，不进入旅程，用来比较效果。",
            "旅程中同时最多 500 人，每天最多新进 1000 人；满额后客户排队，有空位再进入。",
            "没有画全程有效的退出条件。");
    assertThat(inWords.of("<nonsense".getBytes(StandardCharsets.UTF_8))).hasSize(1);
    assertThat(
            inWords.of(
                "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>"
                    .getBytes(StandardCharsets.UTF_8)))
        .hasSize(1);
  }
}
