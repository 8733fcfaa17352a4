package io.waymark.segment.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelHouse;
import io.waymark.segment.model.ModelRuns;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Falling activity (requirement D15) as it is measured. */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
@Import(ModelHouse.class)
class DecayTest {

  @Autowired ModelHouse house;
  @Autowired DecayScores scores;
  @Autowired DecayFigures figures;
  @Autowired DecayPolicyKind kind;
  @Autowired ModelRuns runs;
  @Autowired ModelFeed feed;
  @Autowired CustomerEvents events;
  @Autowired CustomerTags tags;
  @Autowired StatementCounter statements;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void quiet() {
    house.quiet();
  }

  @AfterEach
  void forgotten() {
    house.quiet();
  }

  @Test
  void the_shipped_signals_are_without_problems_and_mistakes_are_named() {
    String source = kind.shipped().source();
    assertThat(kind.problems(source)).isEmpty();

    assertThat(
            kind.problems(
                source
                    .replace("code: trade", "code: undeclared_signal")
                    .replace("tag: asset_total", "tag:")
                    .replace("ends-at: 30", "ends-at: 60")
                    .replaceFirst("least-base: 6", "least-base: 0")
                    .replaceFirst("recent-days: 30", "recent-days: 0")))
        .hasSize(5)
        .anySatisfy(one -> assertThat(one).contains("decay_undeclared_signal 没有登记"))
        .anySatisfy(one -> assertThat(one).contains("之一"))
        .anySatisfy(one -> assertThat(one).contains("ends-at"))
        .anySatisfy(one -> assertThat(one).contains("least-base"))
        .anySatisfy(one -> assertThat(one).contains("recent-days"));
  }

  @Test
  void the_windows_are_compared_by_the_day_and_their_edges_belong_to_the_earlier() {
    long customer = house.customer();
    logins(customer, 31, 27);
    logins(customer, 1, 2);
    house.event(customer, "login", daysAgo(30), Map.of());
    house.event(customer, "login", daysAgo(120), Map.of());

    run();

    // 28 in the ninety days before are 9⅓ in thirty; two are left: 79 per cent are gone.
    DecayScore score = scores.of(customer).get(0);
    assertThat(score.recent()).isEqualByComparingTo("2");
    assertThat(score.base()).isEqualByComparingTo("28");
    assertThat(score.percent()).isEqualTo(79);
    assertThat(score.alarmed()).isTrue();
    assertThat(house.value(customer, "decay_login")).isEqualTo("79");
    assertThat(told(customer)).as("the first measure tells nothing").isEmpty();
  }

  @Test
  void who_did_too_little_before_has_no_score_and_who_does_more_has_lost_nothing() {
    long quiet = house.customer();
    long lively = house.customer();
    logins(quiet, 40, 5);
    logins(lively, 40, 9);
    logins(lively, 1, 20);

    run();

    assertThat(scores.of(quiet)).isEmpty();
    assertThat(house.value(quiet, "decay_login")).isEqualTo("-");
    assertThat(house.value(lively, "decay_login")).isEqualTo("0");
  }

  @Test
  void a_signal_begins_and_ends_at_its_bounds_and_says_so_once() {
    long customer = house.customer();
    logins(customer, 35, 9);
    logins(customer, 1, 3);
    run();
    assertThat(scores.of(customer).get(0).alarmed()).isFalse();

    jdbc.sql("delete from customer_event where customer_id = ? and occurred_at > ?")
        .params(customer, Timestamp.from(daysAgo(30)))
        .update();
    clock.advance(Duration.ofHours(1));
    run();
    assertThat(told(customer)).containsExactly(tuple(DecayScores.BEGAN, "login", 100));
    clock.advance(Duration.ofHours(1));
    run();
    assertThat(told(customer)).hasSize(1);

    clock.advance(Duration.ofHours(1));
    house.event(customer, "login", clock.instant(), Map.of());
    house.event(customer, "login", clock.instant(), Map.of());
    house.follow();
    assertThat(scores.of(customer).get(0).percent()).isEqualTo(33);
    assertThat(told(customer)).as("between the bounds").hasSize(1);

    clock.advance(Duration.ofHours(1));
    house.event(customer, "login", clock.instant(), Map.of());
    house.follow();
    assertThat(told(customer))
        .containsExactly(
            tuple(DecayScores.BEGAN, "login", 100), tuple(DecayScores.ENDED, "login", 0));
  }

  @Test
  void assets_are_measured_on_weekly_readings() {
    long customer = house.customer();
    for (int week = 0; week < 9; week++) {
      tags.set(customer, "asset_total", "1000000", "test");
      run();
      run();
      clock.advance(Duration.ofDays(7));
    }
    assertThat(
            jdbc.sql("select count(*) from decay_reading where customer_id = ?")
                .param(customer)
                .query(Integer.class)
                .single())
        .as("once a week, however often it runs")
        .isEqualTo(9);
    tags.set(customer, "asset_total", "250000", "test");
    run();

    assertThat(scores.of(customer))
        .extracting(DecayScore::signal, DecayScore::percent, DecayScore::alarmed)
        .containsExactly(tuple("asset", 75, true));
    assertThat(house.value(customer, "decay_asset")).isEqualTo("75");
    assertThat(told(customer)).containsExactly(tuple(DecayScores.BEGAN, "asset", 75));

    clock.advance(Duration.ofDays(200));
    run();
    assertThat(house.value(customer, "decay_asset")).as("too few readings").isEqualTo("-");
    assertThat(scores.of(customer)).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from decay_reading where customer_id = ?")
                .param(customer)
                .query(Integer.class)
                .single())
        .as("what no window reaches is gone")
        .isEqualTo(1);
  }

  @Test
  void many_are_followed_in_few_statements_and_the_page_lists_those_who_lost_most() {
    String branch = house.ownBranch();
    long most = house.customer(branch);
    long less = house.customer(branch);
    long none = house.customer(branch);
    for (long one : List.of(most, less, none)) {
      logins(one, 35, 9);
    }
    logins(less, 1, 1);
    logins(none, 1, 3);
    run();

    DecayPolicy policy = scores.current().value();
    assertThat(figures.of(policy, BranchScope.of(branch)))
        .extracting(
            one -> one.signal().code(), DecayFigures.Line::scored, DecayFigures.Line::alarmed)
        .containsExactly(tuple("login", 3L, 2L), tuple("trade", 0L, 0L), tuple("asset", 0L, 0L));
    assertThat(figures.alarmed("login", BranchScope.of(branch), 0, 10))
        .extracting(DecayScore::customerId, DecayScore::percent)
        .containsExactly(tuple(most, 100), tuple(less, 67));

    List<Long> many = house.customers(40);
    many.forEach(one -> logins(one, 35, 9));
    List<String> asked = statements.during(feed::follow);
    assertThat(many).allMatch(one -> house.value(one, "decay_login").equals("100"));
    assertThat(StatementCounter.repeated(asked)).isEmpty();
    assertThat(asked).hasSizeLessThan(16);
  }

  private void run() {
    runs.ask(DecayScores.MODEL, "", "system");
    house.work();
    assertThat(runs.last(DecayScores.MODEL, "").orElseThrow().isDone()).isTrue();
  }

  private void logins(long customer, int daysAgo, int times) {
    for (int i = 0; i < times; i++) {
      house.event(customer, "login", daysAgo(daysAgo).minusSeconds(i), Map.of());
    }
  }

  private Instant daysAgo(int days) {
    return clock.instant().minus(Duration.ofDays(days));
  }

  private List<Tuple> told(long customer) {
    return events.ofCustomer(customer, Instant.parse("2100-01-01T00:00:00Z"), 100).stream()
        .filter(one -> one.type().startsWith("decay."))
        .sorted(Comparator.comparing(one -> one.occurredAt()))
        .map(
            one ->
                tuple(one.type(), one.properties().get("signal"), one.properties().get("percent")))
        .toList();
  }
}
