package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.console.People;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyAct;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.publication.KillSwitch;
import io.waymark.journey.publication.Meanwhile;
import io.waymark.journey.publication.Pauses;
import io.waymark.journey.publication.Publications;
import io.waymark.journey.publication.RolloutPlan;
import io.waymark.journey.publication.RolloutPlan.Stage;
import io.waymark.journey.publication.Rollouts;
import io.waymark.journey.publication.StopRule;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Who may do what to a version, at the command itself, and what each act leaves as proof. */
@WithTravellers
class PublicationDoorsTest {

  private static final Meanwhile FIRE = new Meanwhile(OverdueChoice.FIRE, null);

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Publications publications;
  @Autowired Rollouts rollouts;
  @Autowired Pauses pauses;
  @Autowired KillSwitch kill;
  @Autowired JourneyActs acts;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private People people;
  private String marketer;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
    people = new People(staff, branches, encoder);
    marketer = people.everywhere(Role.MARKETER).username();
  }

  private static Sketch waiting() {
    return Sketch.of("door").awaits("Wait", "test.a").way("Wait");
  }

  private JourneyVersion approved(Sketch sketch) {
    JourneyVersion draft = sketch.deploy(deployments, versions);
    return versions.approve(draft.id(), draft.hash(), HeldReviews.held(versions, draft));
  }

  private static RolloutPlan all() {
    return RolloutPlan.everybody(StopRule.NONE);
  }

  private static RolloutPlan steps() {
    return new RolloutPlan(
        List.of(new Stage(1, null), new Stage(2, null), new Stage(10_000, null)), StopRule.NONE);
  }

  private Instant tomorrow() {
    return clock.instant().plus(Duration.ofDays(1));
  }

  private static void refused(String code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            JourneyRefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @EnumSource(names = {"OPERATOR", "ADVISOR", "ADMINISTRATOR"})
  void who_runs_no_journeys_is_refused_at_every_act(Role role) {
    String other = people.everywhere(role).username();
    Sketch sketch = waiting();
    JourneyVersion draft = sketch.deploy(deployments, versions);
    refused("wrong_role", () -> publications.onApproval(draft.id(), null, all(), other));
    refused("wrong_role", () -> publications.withdraw(draft.id(), "不再需要", other));
    JourneyVersion version =
        versions.approve(draft.id(), draft.hash(), HeldReviews.held(versions, draft));
    refused("wrong_role", () -> publications.publish(version.id(), all(), other));
    refused("wrong_role", () -> publications.schedule(version.id(), tomorrow(), all(), other));
    publications.schedule(version.id(), tomorrow(), all(), marketer);
    refused("wrong_role", () -> publications.unschedule(version.id(), other));
    publications.publish(version.id(), steps(), marketer);
    refused("wrong_role", () -> rollouts.raise(version.id(), 1, other));
    refused("wrong_role", () -> publications.end(version.id(), "结束活动", other));
    if (role != Role.OPERATOR) {
      refused("wrong_role", () -> pauses.pause(version.id(), null, "看一看", other));
      refused("wrong_role", () -> kill.stop(sketch.key(), "看一看", other));
    }
    pauses.pause(version.id(), FIRE, "看一看", marketer);
    refused("wrong_role", () -> pauses.resume(version.id(), FIRE, other));
    kill.stop(sketch.key(), "发现错误", marketer);
    refused("wrong_role", () -> kill.proposeLift(sketch.key(), "查清了", other));
    kill.proposeLift(sketch.key(), "查清了", marketer);
    refused("wrong_role", () -> kill.confirmLift(sketch.key(), other));
    refused("wrong_role", () -> kill.confirmLift(sketch.key(), marketer));

    assertThat(acts.of(sketch.key(), 50)).extracting(JourneyAct::actor).doesNotContain(other);
  }

  @Test
  void every_act_leaves_its_proof_and_its_line() {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    Map<String, Long> expected = new TreeMap<>(proofs(version));

    publications.schedule(version.id(), tomorrow(), all(), marketer);
    proved(version, expected, "journey_planned", "scheduled");
    publications.unschedule(version.id(), marketer);
    proved(version, expected, "journey_planned", "unscheduled");
    publications.publish(version.id(), steps(), marketer);
    proved(version, expected, "journey_published", "published");
    rollouts.raise(version.id(), 1, marketer);
    proved(version, expected, "journey_share_raised", "share_raised");
    pauses.pause(version.id(), FIRE, "看一看", marketer);
    assertThat(proofs(version)).containsEntry("journey_held", 1L);
    pauses.resume(version.id(), FIRE, marketer);
    assertThat(proofs(version)).containsEntry("journey_released", 1L);
    Map<String, Long> now = new TreeMap<>(proofs(version));
    publications.end(version.id(), "活动结束", marketer);
    proved(version, now, "journey_ended", "ended");

    JourneyVersion other = approved(sketch.set("priority", "61"));
    Map<String, Long> before = new TreeMap<>(proofs(other));
    publications.withdraw(other.id(), "换一版", marketer);
    proved(other, before, "journey_withdrawn", "withdrawn");
  }

  private void proved(JourneyVersion version, Map<String, Long> expected, String kind, String act) {
    expected.merge(kind, 1L, Long::sum);
    assertThat(proofs(version)).as(act).isEqualTo(expected);
    assertThat(acts.last(version).orElseThrow().act()).isEqualTo(act);
    assertThat(acts.last(version).orElseThrow().actor()).isEqualTo(marketer);
  }

  private Map<String, Long> proofs(JourneyVersion version) {
    Map<String, Long> proofs = new TreeMap<>();
    jdbc.sql("select kind, count(*) from evidence where subject = ? group by kind")
        .param(version.definitionId())
        .query(
            row -> {
              proofs.put(row.getString(1), row.getLong(2));
            });
    return proofs;
  }

  @Test
  void a_moment_is_ahead_within_a_year_and_before_the_approval_ends_and_the_guards_are_asked() {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    refused(
        "time_invalid",
        () -> publications.schedule(version.id(), clock.instant(), all(), marketer));
    refused(
        "time_invalid",
        () ->
            publications.schedule(
                version.id(), clock.instant().plus(Duration.ofDays(367)), all(), marketer));
    jdbc.sql("update journey_version set expires_at = ? where id = ?")
        .params(java.sql.Timestamp.from(tomorrow()), version.id())
        .update();
    refused(
        "approval_ends", () -> publications.schedule(version.id(), tomorrow(), all(), marketer));
    Instant soon = clock.instant().plus(Duration.ofHours(2));
    Objections.KEYS.add(sketch.key());
    refused("guarded", () -> publications.schedule(version.id(), soon, all(), marketer));
    Objections.KEYS.remove(sketch.key());
    publications.schedule(version.id(), soon, all(), marketer);

    JourneyVersion next = sketch.set("priority", "62").deploy(deployments, versions);
    refused(
        "time_invalid", () -> publications.onApproval(next.id(), clock.instant(), all(), marketer));
    publications.onApproval(next.id(), null, all(), marketer);
    versions.approve(next.id(), next.hash(), HeldReviews.held(versions, next));
    assertThat(versions.find(next.id()).orElseThrow().status())
        .as("another one is scheduled already")
        .isEqualTo(JourneyStatus.APPROVED);
  }

  @Test
  void what_is_held_or_stopped_is_let_go_before_a_version_takes_its_place_or_it_ends() {
    Sketch sketch = waiting();
    JourneyVersion version = sketch.publish(deployments, versions);
    travellers.somebody().does(sketch.entry()).standsAt("Wait");
    JourneyVersion next = approved(sketch.set("priority", "63"));

    pauses.pause(version.id(), FIRE, "看一看", marketer);
    refused("journey_held", () -> publications.publish(next.id(), all(), marketer));
    refused("journey_held", () -> publications.end(version.id(), "结束活动", marketer));
    pauses.resume(version.id(), FIRE, marketer);
    kill.stop(sketch.key(), "发现错误", marketer);
    refused("journey_held", () -> publications.publish(next.id(), all(), marketer));
    kill.proposeLift(sketch.key(), "查清了", marketer);
    kill.confirmLift(sketch.key(), people.everywhere(Role.COMPLIANCE).username());

    pauses.pause(version.id(), null, "只停进入", marketer);
    publications.publish(next.id(), all(), marketer);
    assertThat(versions.find(version.id()).orElseThrow().status())
        .as("a paused one ends too")
        .isEqualTo(JourneyStatus.ENDED);
    refused("wrong_status", () -> rollouts.raise(version.id(), 1, marketer));
  }
}
