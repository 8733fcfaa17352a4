package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.console.People;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.evidence.EvidenceKind;
import io.waymark.journey.HeldTimers;
import io.waymark.journey.HeldTimers.Decision;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.OverdueTimers;
import io.waymark.journey.publication.KillSwitch;
import io.waymark.journey.publication.Meanwhile;
import io.waymark.journey.publication.Pauses;
import io.waymark.journey.publication.PublicationRound;
import io.waymark.journey.publication.Publications;
import io.waymark.journey.publication.StopRule;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A journey that is paused, stopped by its limits or by hand, and goes on. */
@WithTravellers
class StoppingTest {

  @LocalServerPort int port;
  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Publications publications;
  @Autowired Pauses pauses;
  @Autowired KillSwitch kill;
  @Autowired PublicationRound round;
  @Autowired JourneyActs acts;
  @Autowired HeldTimers timers;
  @Autowired OverdueTimers overdue;
  @Autowired RuntimeService runtime;
  @Autowired ManagementService management;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  String marketer;
  String operator;
  String officer;
  String advisor;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
    People people = new People(staff, branches, encoder);
    marketer = people.everywhere(Role.MARKETER).username();
    operator = people.everywhere(Role.OPERATOR).username();
    officer = people.everywhere(Role.COMPLIANCE).username();
    advisor = people.everywhere(Role.ADVISOR).username();
  }

  @AfterEach
  void on_time() {
    clock.reset();
  }

  /** A wait that a timer ends after two days, and a wait behind each way. */
  private Sketch racing() {
    return Sketch.of("stop")
        .add("<bpmn:startEvent id=\"Start\"/><bpmn:eventBasedGateway id=\"Race\"/>")
        .awaits("Wait", "test.a")
        .timer("Timer", "P2D")
        .awaits("Answered", "test.b")
        .awaits("Silent", "test.b")
        .end("End")
        .flow("Start", "Race")
        .flow("Race", "Wait")
        .flow("Race", "Timer")
        .flow("Wait", "Answered")
        .flow("Timer", "Silent")
        .flow("Answered", "End")
        .flow("Silent", "End");
  }

  private static void refused(String code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            JourneyRefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private JourneyStatus status(JourneyVersion version) {
    return versions.find(version.id()).orElseThrow().status();
  }

  private void fireDueTimers(Sketch sketch) {
    management
        .createJobQuery()
        .processDefinitionKey(sketch.key())
        .executable()
        .list()
        .forEach(job -> management.executeJob(job.getId()));
  }

  @Test
  void a_pause_of_the_entry_alone_lets_those_inside_go_on() {
    Sketch sketch = racing();
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller inside = travellers.somebody().does(sketch.entry()).standsAt("Race");

    refused("wrong_role", () -> pauses.pause(version.id(), null, "看一看", advisor));
    refused("reason_missing", () -> pauses.pause(version.id(), null, " ", operator));
    pauses.pause(version.id(), null, "看一看", operator);
    assertThat(status(version)).isEqualTo(JourneyStatus.PAUSED);
    inside.does("test.a").standsAt("Answered");

    refused("wrong_role", () -> pauses.resume(version.id(), null, operator));
    pauses.resume(version.id(), null, marketer);
    travellers.somebody().does(sketch.entry()).standsAt("Race");
  }

  @Test
  void who_stands_still_neither_moves_nor_misses_what_happens_and_goes_on_when_resumed() {
    Sketch sketch = racing();
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller answering = travellers.somebody().does(sketch.entry()).standsAt("Race");
    Traveller silent = travellers.somebody().does(sketch.entry()).standsAt("Race");

    pauses.pause(version.id(), new Meanwhile(OverdueChoice.FIRE, null), "话术有误", marketer);
    answering.does("test.a").standsAt("Race");
    clock.advance(Duration.ofDays(3));
    fireDueTimers(sketch);
    silent.standsAt("Race");
    refused("journey_held", () -> publications.end(version.id(), "结束", marketer));
    refused("choice_missing", () -> pauses.resume(version.id(), null, marketer));

    pauses.resume(version.id(), new Meanwhile(OverdueChoice.FIRE, null), marketer);
    round.run();
    assertThat(pauses.standing(sketch.key())).isEmpty();
    travellers.settle();
    answering.standsAt("Answered");
    fireDueTimers(sketch);
    silent.standsAt("Silent");
    assertThat(acts.of(sketch.key(), 9))
        .extracting(act -> act.act())
        .containsExactly(
            "released", "resumed", "held", "paused", "published", "approved", "drafted");
  }

  @Test
  void what_fell_due_meanwhile_is_decided_customer_by_customer_by_who_may() {
    Sketch sketch = racing();
    JourneyVersion version = sketch.publish(deployments, versions);
    List<Traveller> people =
        IntStream.range(0, 4).mapToObj(i -> travellers.somebody().does(sketch.entry())).toList();
    List<Long> ids = people.stream().map(one -> one.participation().id()).toList();
    pauses.pause(version.id(), new Meanwhile(OverdueChoice.ASK, null), "节假日", marketer);
    clock.advance(Duration.ofDays(3));
    pauses.resume(version.id(), new Meanwhile(OverdueChoice.ASK, null), marketer);
    round.run();
    fireDueTimers(sketch);
    people.forEach(one -> one.standsAt("Race"));

    People staffed = new People(staff, branches, encoder);
    String near = staffed.of(Role.MARKETER, Travellers.BRANCH, "旅行者营业部").username();
    String elsewhere = staffed.of(Role.MARKETER, "TR09", "另一家营业部").username();
    String key = sketch.key();
    refused("wrong_role", () -> timers.decide(key, ids, Decision.FIRE, "客户来电", advisor));
    refused("wrong_role", () -> timers.decide(key, ids, Decision.FIRE, "客户来电", officer));
    refused("reason_missing", () -> timers.decide(key, ids, Decision.FIRE, " ", near));
    refused("nobody_chosen", () -> timers.decide(key, List.of(), Decision.FIRE, "客户来电", near));
    assertThat(timers.decide(key, ids, Decision.END, "客户来电", elsewhere))
        .isEqualTo(new HeldTimers.Outcome(0, 4));
    assertThat(timers.decide("another-journey", ids, Decision.END, "客户来电", near))
        .isEqualTo(new HeldTimers.Outcome(0, 4));
    people.forEach(one -> one.standsAt("Race"));

    assertThat(timers.decide(key, ids.subList(0, 2), Decision.FIRE, "按原计划触发", near))
        .isEqualTo(new HeldTimers.Outcome(2, 0));
    assertThat(timers.decide(key, ids.subList(1, 3), Decision.SKIP, "客户在外地，再等等", operator))
        .as("one of them is decided about already")
        .isEqualTo(new HeldTimers.Outcome(1, 1));
    assertThat(timers.decide(key, ids.subList(3, 4), Decision.END, "客户不再需要", operator))
        .isEqualTo(new HeldTimers.Outcome(1, 0));
    fireDueTimers(sketch);

    people.subList(0, 2).forEach(one -> one.standsAt("Silent"));
    people.get(2).standsAt("Race").does("test.a").standsAt("Answered");
    people.get(3).left("removed");
    assertThat(overdue.held(key, BranchScope.everywhere(), 0, 9)).isEmpty();
    assertThat(
            jdbc.sql(
                    "select distinct act || ' ' || reason from customer_move where journey_key = ?")
                .param(key)
                .query(String.class)
                .list())
        .contains("timer_release 按原计划触发", "timer_drop 客户在外地，再等等", "end 客户不再需要");
  }

  @Test
  void what_fell_due_meanwhile_can_be_spread_or_skipped() {
    for (Meanwhile meanwhile :
        List.of(new Meanwhile(OverdueChoice.SPREAD, 8), new Meanwhile(OverdueChoice.SKIP, null))) {
      Sketch sketch = racing();
      JourneyVersion version = sketch.publish(deployments, versions);
      List<Traveller> silent =
          IntStream.range(0, 3).mapToObj(i -> travellers.somebody().does(sketch.entry())).toList();
      pauses.pause(version.id(), new Meanwhile(OverdueChoice.ASK, null), "节假日", marketer);
      clock.advance(Duration.ofDays(3));

      pauses.resume(version.id(), meanwhile, marketer);
      round.run();

      assertThat(pauses.standing(sketch.key())).isEmpty();
      List<Job> timers =
          management.createJobQuery().processDefinitionKey(sketch.key()).timers().list();
      if (meanwhile.choice() == OverdueChoice.SKIP) {
        assertThat(timers).isEmpty();
        silent.forEach(one -> one.does("test.a").standsAt("Answered"));
      } else {
        assertThat(timers)
            .hasSize(3)
            .allSatisfy(
                timer ->
                    assertThat(timer.getDuedate().toInstant())
                        .isBetween(
                            clock.instant().minusSeconds(1),
                            clock.instant().plus(Duration.ofHours(8))));
        clock.advance(Duration.ofHours(8));
        fireDueTimers(sketch);
        silent.forEach(one -> one.standsAt("Silent"));
      }
      clock.reset();
    }
  }

  @Test
  void a_pause_and_a_stop_over_each_other_let_go_only_when_both_have_ended() {
    Sketch sketch = racing();
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller inside = travellers.somebody().does(sketch.entry()).standsAt("Race");

    pauses.pause(version.id(), new Meanwhile(OverdueChoice.FIRE, null), "查看", marketer);
    inside.does("test.a").standsAt("Race");
    kill.stop(sketch.key(), "客户大量投诉", operator);
    pauses.resume(version.id(), new Meanwhile(OverdueChoice.FIRE, null), marketer);
    round.run();
    travellers.settle();
    inside.standsAt("Race");
    assertThat(suspended(inside)).isTrue();

    refused("wrong_role", () -> kill.proposeLift(sketch.key(), "查清", operator));
    kill.proposeLift(sketch.key(), "查清", officer);
    refused("recall", () -> kill.confirmLift(sketch.key(), officer));
    refused("wrong_role", () -> kill.confirmLift(sketch.key(), marketer));
    String second = new People(staff, branches, encoder).everywhere(Role.COMPLIANCE).username();
    kill.confirmLift(sketch.key(), second);
    travellers.settle();
    inside.standsAt("Answered");
  }

  @Test
  void a_stop_holds_everybody_at_once_and_keeps_everybody_out() {
    Sketch sketch = racing();
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller inside = travellers.somebody().does(sketch.entry()).standsAt("Race");

    kill.stop(sketch.key(), "发现错误", operator);

    assertThat(suspended(inside)).isTrue();
    Traveller outside = travellers.somebody().does(sketch.entry());
    assertThat(travellers.participations(outside.id())).isEmpty();
    assertThat(acts.last(version).orElseThrow().act()).isEqualTo("killed");
    refused("recall", () -> kill.stop(sketch.key(), "再来一次", marketer));
  }

  @Test
  void nobody_lets_a_held_customer_go_by_the_engines_own_door() {
    Sketch sketch = racing();
    sketch.publish(deployments, versions);
    Traveller inside = travellers.somebody().does(sketch.entry()).standsAt("Race");
    kill.stop(sketch.key(), "发现错误", operator);

    for (String who : List.of(operator, officer, marketer)) {
      for (String path :
          List.of(
              "process-instance/suspended",
              "process-instance/" + inside.instance() + "/suspended")) {
        assertThat(
                Caller.basic(port, who, People.PASSWORD)
                    .json(
                        "PUT",
                        "/engine-rest/" + path,
                        path.startsWith("process-instance/s")
                            ? "{\"processDefinitionKey\":\"%s\",\"suspended\":false}"
                                .formatted(sketch.key())
                            : "{\"suspended\":false}")
                    .statusCode())
            .as("%s by %s", path, who)
            .isEqualTo(403);
      }
    }
    assertThat(suspended(inside)).isTrue();
  }

  @Test
  void complaints_above_the_limit_stop_the_journey_with_the_figures_and_a_person_resumes_it() {
    Sketch sketch = racing();
    JourneyVersion version = sketch.publish(deployments, versions);
    watch(version, new StopRule(4, null, 4_000, null));
    List<Traveller> people =
        IntStream.range(0, 3).mapToObj(i -> travellers.somebody().does(sketch.entry())).toList();
    people.get(0).does("complaint.filed");
    people.get(1).does("complaint.filed");
    round.run();
    assertThat(status(version)).as("three are too few to judge").isEqualTo(JourneyStatus.LIVE);

    Traveller fourth = travellers.somebody().does(sketch.entry());
    round.run();

    assertThat(status(version)).isEqualTo(JourneyStatus.PAUSED);
    assertThat(suspended(fourth)).isTrue();
    assertThat(acts.last(version).orElseThrow().reason()).contains("投诉比例 50.00% 超过上限 40.00%");
    assertThat(
            jdbc.sql("select facts::text from evidence where kind = ? and subject = ?")
                .params(EvidenceKind.JOURNEY_STOPPED.code(), version.definitionId())
                .query(String.class)
                .single())
        .contains("\"complaints\":2")
        .contains("\"customers\":4");

    clock.advance(Duration.ofMinutes(1));
    pauses.resume(version.id(), new Meanwhile(OverdueChoice.FIRE, null), marketer);
    round.run();
    assertThat(status(version))
        .as("what was looked at counts no more")
        .isEqualTo(JourneyStatus.LIVE);
  }

  @Test
  void withheld_messages_count_too() {
    Sketch sketch =
        Sketch.of("stop")
            .step("Send", "sendMessage", Map.of("template", "no-such-template"))
            .way("Send");
    JourneyVersion version = sketch.publish(deployments, versions);
    watch(version, new StopRule(1, 9_000, null, null));
    travellers.somebody().does(sketch.entry());

    round.run();

    assertThat(status(version)).isEqualTo(JourneyStatus.PAUSED);
    assertThat(acts.last(version).orElseThrow().reason()).contains("触达被拦截比例 100.00%");
  }

  @Test
  void who_could_not_be_let_in_counts_as_a_failure() {
    Sketch sketch =
        Sketch.of("stop")
            .step("Check", "checkAudience", Map.of("audience", "no-such"))
            .way("Check");
    JourneyVersion version = sketch.publish(deployments, versions);
    watch(version, new StopRule(1, null, null, 100));
    travellers.somebody().does(sketch.entry());

    round.run();

    assertThat(status(version)).isEqualTo(JourneyStatus.PAUSED);
    assertThat(acts.last(version).orElseThrow().reason()).contains("失败比例 100.00%");
  }

  private void watch(JourneyVersion version, StopRule rule) {
    jdbc.sql(
            """
            update journey_rollout
               set least = :least, most_withheld = :withheld, most_complaints = :complaints,
                   most_failures = :failures
             where journey_version_id = :version
            """)
        .param("least", rule.least())
        .param("withheld", rule.mostWithheld())
        .param("complaints", rule.mostComplaints())
        .param("failures", rule.mostFailures())
        .param("version", version.id())
        .update();
  }

  private boolean suspended(Traveller traveller) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceId(traveller.instance())
        .singleResult()
        .isSuspended();
  }
}
