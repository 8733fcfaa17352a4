package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.rehearsal.Assumptions;
import io.waymark.journey.rehearsal.Rehearsal;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.RehearsalRunner;
import io.waymark.journey.rehearsal.RehearsalWish;
import io.waymark.journey.rehearsal.Rehearsals;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rehearsals of audiences as people ask for them: begun, watched, sampled, ended, compared. */
@WithTravellers
class RehearsalsTest {

  @Autowired Travellers travellers;
  @Autowired RehearsalRunner runner;
  @Autowired Rehearsals rehearsals;
  @Autowired Audiences audiences;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final String mark = "r" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void the_house_is_open() {
    travellers.open();
    travellers.settle();
  }

  private String audienceOf(int people) {
    for (int i = 0; i < people; i++) {
      travellers.somebody().tagged("enrol_run", mark);
    }
    audiences.save(
        new AudienceDraft(
            "aud-" + mark, "预演人群", "tag enrol_run = '" + mark + "'", Purpose.SERVICE, null),
        "author");
    return "aud-" + mark;
  }

  private RehearsalWish wish(String audience, int most, Long... versions) {
    return new RehearsalWish(List.of(versions), audience, 20, most, Assumptions.usual());
  }

  private JourneyVersion version(String key) {
    return travellers.versions.live(key).orElseThrow();
  }

  private Rehearsal ended(long id) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      Rehearsal now = rehearsals.find(id, BranchScope.everywhere()).orElseThrow();
      if (!now.running()) {
        return now;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("still running");
  }

  @Test
  void a_larger_audience_is_sampled_and_says_so_and_two_versions_are_played_with_the_same_people()
      throws InterruptedException {
    long winBack = version("win-back").id();
    long id =
        runner.start(
            wish(audienceOf(25), 10, winBack, winBack), BranchScope.everywhere(), "marketer");
    Rehearsal one = ended(id);

    assertThat(one.reason()).isNull();
    assertThat(one.status()).isEqualTo("done");
    assertThat(one.population()).isEqualTo(25);
    assertThat(one.played()).isEqualTo(10);
    assertThat(one.sampled()).isTrue();
    assertThat(one.figures()).hasSize(2);
    assertThat(one.figures().get(0)).isEqualTo(one.figures().get(1));
    assertThat(one.figures().get(0).asked()).isEqualTo(10);
    assertThat(one.share(5).low()).isLessThan(0.5);
    assertThat(one.share(5).high()).isGreaterThan(0.5);
  }

  @Test
  void one_is_seen_by_those_alone_who_may_see_all_its_branches() throws InterruptedException {
    long id =
        runner.start(
            wish(audienceOf(2), 10, version("win-back").id()),
            BranchScope.of(Travellers.BRANCH),
            "marketer");
    ended(id);
    assertThat(rehearsals.find(id, BranchScope.of(Travellers.BRANCH))).isPresent();
    assertThat(rehearsals.find(id, BranchScope.of("OTHER"))).isEmpty();
    assertThat(rehearsals.page(BranchScope.of("OTHER"), 0, 50))
        .extracting(Rehearsal::id)
        .doesNotContain(id);
  }

  @Test
  void what_cannot_be_played_is_refused_with_what_to_do() throws InterruptedException {
    assertThatThrownBy(() -> runner.start(wish("x", 10), BranchScope.everywhere(), "marketer"))
        .isInstanceOf(RehearsalRefusedException.class)
        .hasMessageContaining("选择");
    assertThatThrownBy(
            () ->
                runner.start(
                    wish("x", 10, version("win-back").id(), version("fund-dca").id()),
                    BranchScope.everywhere(),
                    "marketer"))
        .hasMessageContaining("同一个旅程");
    long id =
        runner.start(
            wish(audienceOf(1), 10, version("win-back").id()), BranchScope.of("OTHER"), "marketer");
    assertThat(ended(id).reason()).contains("没有客户");
  }

  @Test
  void one_that_falls_silent_with_its_node_is_ended() {
    long id =
        jdbc.sql(
                """
                insert into rehearsal (journey_key, version_ids, audience, days, most, assumptions,
                                       status, started_by, started_at, beat_at)
                values ('win-back', array[1::bigint], 'x', 1, 1, '{}', 'running', 'marketer', ?, ?)
                returning id
                """)
            .params(
                java.sql.Timestamp.from(clock.instant()),
                java.sql.Timestamp.from(clock.instant().minus(Duration.ofMinutes(5))))
            .query(Long.class)
            .single();
    rehearsals.endAbandoned();
    assertThat(
            jdbc.sql("select status from rehearsal where id = ?")
                .param(id)
                .query(String.class)
                .single())
        .isEqualTo("failed");
  }
}
