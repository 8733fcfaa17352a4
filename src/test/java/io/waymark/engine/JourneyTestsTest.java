package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.PublicationGuard;
import io.waymark.journey.rehearsal.Act;
import io.waymark.journey.rehearsal.Acts;
import io.waymark.journey.rehearsal.Expectation;
import io.waymark.journey.rehearsal.Expectation.Kind;
import io.waymark.journey.rehearsal.JourneyTests;
import io.waymark.journey.rehearsal.Person;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.RehearsalTheatre;
import io.waymark.journey.rehearsal.Scene;
import io.waymark.journey.rehearsal.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A rehearsal kept with its journey is asked before every publication. */
@WithTravellers
class JourneyTestsTest {

  @Autowired Travellers travellers;
  @Autowired JourneyTests tests;
  @Autowired List<PublicationGuard> guards;
  @Autowired JourneyDeployments deployments;
  @Autowired RehearsalTheatre theatre;
  @Autowired JdbcClient jdbc;

  private static final Person ANYBODY = Person.invented(Travellers.BRANCH);

  @BeforeEach
  void the_house_is_open() {
    travellers.open();
  }

  private List<String> reasons(JourneyVersion version) {
    return guards.stream()
        .flatMap(guard -> guard.reasonsAgainst(version).stream())
        .filter(reason -> reason.contains("旅程测试"))
        .toList();
  }

  private static List<Act> acts(String... lines) {
    return Acts.read(String.join("\n", lines));
  }

  @Test
  void a_version_that_does_what_is_expected_may_go_live_and_one_that_does_not_may_not() {
    Sketch sketch = Sketch.of("tested").awaits("Wait", "test.a").way("Wait");
    JourneyVersion good = sketch.publish(deployments, travellers.versions);
    tests.keep(
        good.key(),
        "等事件",
        ANYBODY,
        acts("pass P1D"),
        List.of(new Expectation(Kind.STANDS_AT, "Wait")),
        "author");
    tests.keep(
        good.key(),
        "事件来了就离开",
        ANYBODY,
        acts("event test.a"),
        List.of(new Expectation(Kind.PASSED, "End")),
        "author");
    assertThat(reasons(good)).isEmpty();
    assertThat(tests.of(good.key())).allSatisfy(one -> assertThat(one.lastProblem()).isNull());

    Sketch other = Sketch.of(sketch.key() + "-x").awaits("Later", "test.b").way("Later");
    JourneyVersion bad = other.publish(deployments, travellers.versions);
    tests.keep(
        bad.key(),
        "等事件",
        ANYBODY,
        acts("pass P1D"),
        List.of(new Expectation(Kind.STANDS_AT, "Wait")),
        "author");
    assertThat(reasons(bad))
        .singleElement()
        .asString()
        .contains("旅程测试“等事件”没有通过", "应站在“Wait”", "停在 Later");
    assertThat(tests.of(bad.key()).get(0).lastProblem()).contains("停在 Later");
  }

  @Test
  void a_kept_test_names_no_customer_and_expects_something() {
    assertThatThrownBy(
            () ->
                tests.keep(
                    "win-back",
                    "x",
                    Person.real(1, Travellers.BRANCH),
                    acts(),
                    List.of(new Expectation(Kind.LEFT, "goal")),
                    "author"))
        .isInstanceOf(RehearsalRefusedException.class)
        .hasMessageContaining("虚拟客户");
    assertThatThrownBy(() -> tests.keep("win-back", "x", ANYBODY, acts(), List.of(), "author"))
        .isInstanceOf(RehearsalRefusedException.class)
        .hasMessageContaining("预期");
  }

  @Test
  void whoever_removes_a_test_is_in_evidence() {
    tests.keep(
        "win-back", "要删的", ANYBODY, acts(), List.of(new Expectation(Kind.LEFT, "goal")), "author");
    long id =
        tests.of("win-back").stream()
            .filter(one -> one.name().equals("要删的"))
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(tests.remove(id, "marketer")).contains("win-back");
    assertThat(tests.remove(id, "marketer")).isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from evidence
                     where kind = 'journey_test' and actor = 'marketer'
                       and facts::jsonb ->> 'act' = 'removed'
                    """)
                .query(Long.class)
                .single())
        .isOne();
  }

  @Test
  void a_drawing_nobody_has_deployed_is_played_and_leaves_the_engine_as_it_was() {
    long definitions = definitions();
    Map<String, byte[]> files = Sketch.of("drawn").awaits("Wait", "test.a").way("Wait").files();
    Scene scene =
        theatre.play(Script.drawn(files), ANYBODY, travellers.clock.instant(), acts("pass P2D"));
    assertThat(scene.standing()).containsExactly("Wait");
    assertThat(scene.awaited()).containsExactly("test.a");
    assertThat(definitions()).isEqualTo(definitions);

    assertThatThrownBy(
            () ->
                theatre.play(
                    Script.drawn(Map.of("a.bpmn", "<x/>".getBytes())),
                    ANYBODY,
                    travellers.clock.instant(),
                    acts()))
        .isInstanceOf(RehearsalRefusedException.class);
  }

  private long definitions() {
    return jdbc.sql("select count(*) from act_re_procdef").query(Long.class).single();
  }
}
