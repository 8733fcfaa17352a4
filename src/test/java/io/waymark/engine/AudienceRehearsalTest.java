package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.rehearsal.Assumptions;
import io.waymark.journey.rehearsal.Assumptions.Happening;
import io.waymark.journey.rehearsal.Cast;
import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.RehearsalTheatre;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.Purpose;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many customers at once over many days; the house is as before, whatever it does meanwhile. */
@WithTravellers
class AudienceRehearsalTest {

  private static final String WIN_BACK = "win-back";

  @Autowired Travellers travellers;
  @Autowired RehearsalTheatre theatre;
  @Autowired JourneyDeployments deployments;
  @Autowired Audiences audiences;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void the_house_is_open() {
    travellers.open();
    travellers.settle();
  }

  private List<Traveller> people(int count) {
    List<Traveller> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(travellers.somebody().tagged("asset_total", "20000"));
    }
    return people;
  }

  private Cast cast(List<Traveller> people, Assumptions assumptions) {
    return new Cast(
        people.stream().map(one -> new Cast.Player(one.id(), Travellers.BRANCH)).toList(),
        clock.instant(),
        30,
        assumptions);
  }

  private Figures play(Cast cast) {
    return theatre.play(Script.of(version().id()), cast, share -> {}, () -> false);
  }

  private JourneyVersion version() {
    return travellers.versions.live(WIN_BACK).orElseThrow();
  }

  private static Assumptions lively(long seed) {
    return new Assumptions(
        0.6,
        List.of(new Happening("holding.reviewed", 0.5, 3, 40)),
        Map.of("no_time", 3.0, "unskilled", 1.0),
        0.7,
        20,
        seed);
  }

  @Test
  void everybody_is_counted_and_every_node_reconciles() {
    List<Traveller> people = people(120);
    Figures figures = play(cast(people, lively(1)));

    assertThat(figures.asked()).isEqualTo(120);
    assertThat(figures.entered() + sum(figures.refused()) + sum(figures.failed())).isEqualTo(120);
    assertThat(figures.refused()).containsKey("held_out");
    assertThat(figures.branches()).containsEntry(Travellers.BRANCH, figures.entered());
    assertThat(figures.nodes())
        .isNotEmpty()
        .allSatisfy(
            node ->
                assertThat(node.entered())
                    .isEqualTo(node.waiting() + node.done() + node.withheld() + node.failed()));
    assertThat(figures.outcomes())
        .extracting(Figures.Outcome::status)
        .contains("delivered", "failed");
    assertThat(figures.left()).containsKeys("reviewed", "no_need");
    assertThat(figures.loads()).isNotEmpty();
    assertThat(figures.paths().stream().mapToLong(Figures.Path::count).sum())
        .isEqualTo(figures.entered());
    assertThat(figures.paths().get(0).samples()).isNotEmpty();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void who_the_entry_filter_leaves_out_is_counted_with_the_reason() {
    String mark = "f" + UUID.randomUUID().toString().substring(0, 8);
    List<Traveller> people = people(5);
    people.subList(0, 3).forEach(one -> one.tagged("enrol_run", mark));
    audiences.save(
        new AudienceDraft(
            "aud-" + mark, "预演人群", "tag enrol_run = '" + mark + "'", Purpose.SERVICE, null),
        "author");
    JourneyVersion version =
        Sketch.of("filtered")
            .set("entryFilter", "aud-" + mark)
            .awaits("Wait", "test.a")
            .way("Wait")
            .publish(deployments, travellers.versions);

    Figures figures =
        theatre.play(Script.of(version.id()), cast(people, lively(1)), share -> {}, () -> false);

    assertThat(figures.asked()).isEqualTo(5);
    assertThat(figures.entered()).isEqualTo(3);
    assertThat(figures.refused()).containsExactly(Map.entry("entry_filter", 2L));
  }

  @Test
  void the_same_seed_tells_the_same_story_and_another_one_another() {
    Cast cast = cast(people(60), lively(7));
    Figures first = play(cast);
    assertThat(play(cast)).isEqualTo(first);
    assertThat(play(new Cast(cast.customers(), cast.from(), 30, lively(8)))).isNotEqualTo(first);
  }

  @Test
  void nothing_live_is_touched_while_live_work_goes_on_beside_it() {
    List<Traveller> people = people(80);
    Traveller living = travellers.somebodyFor(WIN_BACK).tagged("asset_total", "20000");
    living.entersByAudience(WIN_BACK);
    travellers.settle();
    var due = living.job("Timer_SmsSilent").getDuedate();
    Map<String, String> before = house();
    var now = clock.instant();

    CompletableFuture<Figures> play =
        CompletableFuture.supplyAsync(() -> play(cast(people, lively(1))));
    CompletableFuture<Figures> other =
        CompletableFuture.supplyAsync(() -> play(cast(people, lively(1))));
    List<String> seen = new ArrayList<>();
    while (!play.isDone() || !other.isDone()) {
      travellers.settle();
      seen.add(clock.instant() + "");
      assertThat(clock.instant()).isEqualTo(now);
      assertThat(new org.joda.time.Instant().getMillis()).isEqualTo(now.toEpochMilli());
    }
    assertThat(play.join()).as("two at once do not mix").isEqualTo(other.join());
    assertThat(seen).isNotEmpty();
    assertThat(house()).isEqualTo(before);
    assertThat(living.job("Timer_SmsSilent").getDuedate()).isEqualTo(due);
    living.standsAt("Gw_SmsResult");
  }

  /** Rows and content of every live table. */
  private Map<String, String> house() {
    Map<String, String> tables = new TreeMap<>();
    for (String table :
        jdbc.sql(
                """
                select c.relname from pg_class c
                 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                   and not c.relispartition and c.relname not like 'qrtz%'
                """)
            .query(String.class)
            .list()) {
      tables.put(
          table,
          jdbc.sql(
                  "select count(*) || ':' || coalesce(sum(hashtext(t::text)::bigint), 0) from"
                      + " public."
                      + table
                      + " t")
              .query(String.class)
              .single());
    }
    return tables;
  }

  @Test
  void a_play_can_be_ended_and_tells_how_far_it_is() {
    Cast cast = cast(people(60), lively(1));
    List<Double> told = new ArrayList<>();
    assertThatThrownBy(() -> theatre.play(Script.of(version().id()), cast, told::add, () -> true))
        .isInstanceOf(RehearsalRefusedException.class)
        .hasMessageContaining("取消");
    assertThat(told).isNotEmpty();
    assertThat(sessions()).isZero();
  }

  /** A session that was closed is gone a moment later. */
  private long sessions() {
    long open = 1;
    for (int i = 0; i < 50 && open > 0; i++) {
      open = openSessions();
    }
    return open;
  }

  private long openSessions() {
    return jdbc.sql(
            """
            select count(*) from pg_stat_activity, pg_sleep(0.1)
             where application_name = 'waymark-rehearsal' and datname = current_database()
            """)
        .query(Long.class)
        .single();
  }
}
