package io.waymark.segment.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.segment.model.ModelHouse;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.model.RunProgress;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The churn model against a second computation that shares nothing with it: features from the log
 * in memory, weights by a plain Newton method, AUC by counting pairs. On a made-up log always, and
 * on a public purchase log (CDNOW: customer, yyyymmdd, units, dollars) when {@code -Dwaymark.cdnow}
 * names the file; it is not ours to hand on.
 */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
@Import(ModelHouse.class)
class ChurnTest {

  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

  @Autowired ModelHouse house;
  @Autowired ChurnTraining training;
  @Autowired ChurnModels models;
  @Autowired ChurnScores scores;
  @Autowired ChurnSettingsKind kind;
  @Autowired TrainCommand command;
  @Autowired Examples examples;
  @Autowired ModelRuns runs;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final String mark = "ch" + UUID.randomUUID().toString().substring(0, 8);
  private final ChurnSettings settings =
      new ChurnSettings(
          List.of(mark + ".bought"), "amount", List.of(mark + ".seen"), 365, 180, 90, 4, 30);

  /** Something somebody did; without an amount when he only looked in. */
  private record Act(int person, Instant at, boolean bought, double amount) {}

  @BeforeEach
  void quiet() {
    house.quiet();
    endAll();
  }

  @AfterEach
  void ended() {
    endAll();
    house.quiet();
  }

  private void endAll() {
    models.all().stream()
        .filter(one -> one.endedAt() == null)
        .forEach(one -> models.end(one.id(), "test"));
    house.quiet();
  }

  @Test
  void the_shipped_settings_are_without_problems_and_mistakes_are_named() {
    String source = kind.shipped().source();
    assertThat(kind.problems(source)).isEmpty();
    assertThat(
            kind.problems(
                source
                    .replace("population-days: 180", "population-days: 500")
                    .replace("horizon-days: 90", "horizon-days: 0")
                    .replace("step-days: 30", "step-days: 0")
                    .replace("amount: amount", "amount: ''")))
        .hasSize(4);
  }

  @Test
  void a_model_of_a_made_up_log_is_that_of_a_second_computation() {
    Instant now = clock.instant();
    List<Act> log = madeUp(new Random(20261122), 900, now);

    ChurnContent content = agrees(log, now);

    assertThat(content.validation().auc()).isGreaterThan(0.7);
    assertThat(content.validation().brier()).isLessThan(content.validation().baseBrier());
    assertThat(content.validation().lift()).isGreaterThan(1.2);
  }

  @Test
  void a_model_of_the_public_log_is_that_of_a_second_computation() throws IOException {
    String file = System.getProperty("waymark.cdnow");
    assumeTrue(file != null, "no public log given");
    List<Act> log = read(Path.of(file));
    Instant now = log.stream().map(Act::at).max(Instant::compareTo).orElseThrow().plusSeconds(3600);

    ChurnContent content = agrees(log, now);

    Validation found = content.validation();
    System.out.printf(
        "churn on the public log: learnt from %d (%d churned), validated on %d; base rate %.3f AUC"
            + " %.4f Brier %.4f (base %.4f) lift %.2f calibration error %.4f slope %.3f offset"
            + " %.3f%n%s%n%s%n",
        content.examples(),
        content.churned(),
        found.customers(),
        found.baseRate(),
        found.auc(),
        found.brier(),
        found.baseBrier(),
        found.lift(),
        found.calibrationError(),
        found.slope(),
        found.offset(),
        found.tenths(),
        content.weights());
    assertThat(found.auc()).isGreaterThan(0.65);
    assertThat(found.brier()).isLessThan(found.baseBrier());
  }

  @Test
  void nothing_that_happened_after_the_cut_is_known_at_the_cut() {
    Instant cut = clock.instant();
    long customer = house.customers(1).get(0);
    String bought = settings.activity().get(0);
    house.event(customer, bought, cut.minus(Duration.ofDays(100)), Map.of("amount", 50));
    house.event(customer, bought, cut, Map.of("amount", 70));
    house.event(customer, bought, cut.minus(Duration.ofDays(365)), Map.of("amount", 1000));
    house.event(customer, settings.visits().get(0), cut.minus(Duration.ofDays(30)), Map.of());
    Example before = examples.at(settings, cut, List.of(customer)).get(0);
    assertThat(before.churned()).isTrue();
    assertThat(Arrays.stream(before.features()).map(ChurnFeature::plain).toArray())
        .containsExactly(new double[] {0, 100, 2, 1, 120, 70, 0, 1, 0}, within(1e-9));

    house.event(customer, bought, cut.plusMillis(1), Map.of("amount", 9));
    house.event(customer, settings.visits().get(0), cut.plusMillis(1), Map.of());

    Example after = examples.at(settings, cut, List.of(customer)).get(0);
    assertThat(after.features()).containsExactly(before.features());
    assertThat(after.churned()).isFalse();
    assertThat(examples.at(settings, cut.plus(Duration.ofDays(181)), List.of(customer))).isEmpty();
  }

  @Test
  void every_outcome_learnt_was_known_before_the_cut_of_validation() {
    Instant now = clock.instant();
    load(madeUp(new Random(7), 400, now));

    ChurnContent content = training.train(settings, now, RunProgress.UNSEEN);

    assertThat(content.validationCut()).isEqualTo(now.minus(Duration.ofDays(90)));
    assertThat(content.trainingCuts())
        .hasSize(4)
        .allMatch(cut -> !cut.plus(Duration.ofDays(90)).isAfter(content.validationCut()))
        .first()
        .isEqualTo(now.minus(Duration.ofDays(180)));
  }

  @Test
  void too_little_history_is_refused_in_a_sentence() {
    assertThatThrownBy(() -> training.train(settings, clock.instant(), RunProgress.UNSEEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("历史太少");
  }

  @Test
  void chances_that_are_right_are_found_calibrated_and_those_too_sure_are_not() {
    Random random = new Random(3);
    List<Weight> one = weights(1);
    List<Example> drawn = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double[] features = new double[ChurnFeature.values().length];
      features[0] = random.nextGaussian();
      drawn.add(
          new Example(i, "X", features, random.nextDouble() < 1 / (1 + Math.exp(-features[0]))));
    }

    Validation right = Validation.of(new Logistic(0, one), drawn);
    Validation sure = Validation.of(new Logistic(0, weights(3)), drawn);
    Validation low = Validation.of(new Logistic(-1, one), drawn);

    assertThat(right.slope()).isCloseTo(1, within(0.06));
    assertThat(right.offset()).isCloseTo(0, within(0.06));
    assertThat(right.calibrationError()).isLessThan(0.02);
    assertThat(right.reliable()).isTrue();
    assertThat(sure.slope()).isCloseTo(1 / 3.0, within(0.03));
    assertThat(sure.reliable()).isFalse();
    assertThat(low.offset()).isCloseTo(1, within(0.08));
    assertThat(low.reliable()).isFalse();
    assertThat(sure.auc()).as("the order is the same").isEqualTo(right.auc());
    assertThat(right.tenths()).hasSize(10);
    assertThat(right.tenths().stream().mapToLong(Validation.Tenth::customers).sum())
        .isEqualTo(20_000);
  }

  @Test
  void equal_chances_are_half_right() {
    List<Example> drawn = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      drawn.add(new Example(i, "X", new double[ChurnFeature.values().length], i % 4 == 0));
    }
    Validation found = Validation.of(new Logistic(0, weights(1)), drawn);
    assertThat(found.auc()).isEqualTo(0.5);
    assertThat(found.brier()).isEqualTo(0.25);
    assertThat(found.baseBrier()).isCloseTo(0.25 * 0.75, within(1e-12));
  }

  @Test
  void scores_are_used_once_a_second_person_approved_and_each_is_explained() {
    Instant now = clock.instant();
    List<Act> log = madeUp(new Random(11), 500, now);
    List<Long> people = load(log);
    String trainer = house.officer();
    ChurnContent content = training.train(settings, now, RunProgress.UNSEEN);
    long id = models.keep(content, "test", trainer, now);
    ChurnModel stored = models.find(id).orElseThrow();
    assertThat(stored.content()).isEqualTo(content);
    assertThat(stored.state()).isEqualTo("waiting");
    score();
    assertThat(people).allMatch(one -> scores.explain(one).isEmpty());

    assertThatThrownBy(() -> models.approve(id, trainer)).hasMessageContaining("训练人以外");
    assertThatThrownBy(() -> models.approve(id, house.person(Role.MARKETER)))
        .hasMessageContaining("合规人员");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        """
                        update churn_model set approved_by = trained_by, approved_at = trained_at
                         where model_id = ?
                        """)
                    .param(id)
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("churn_model_four_eyes");
    assertThatThrownBy(
            () ->
                jdbc.sql("update churn_model set content = '{}' where model_id = ?")
                    .param(id)
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("churn_model_stays");

    models.approve(id, house.officer());
    house.work();

    List<Long> scored = people.stream().filter(one -> scores.explain(one).isPresent()).toList();
    assertThat(scored).hasSizeGreaterThan(100).hasSizeLessThan(people.size());
    for (long one : scored.subList(0, 20)) {
      ChurnExplanation why = scores.explain(one).orElseThrow();
      double odds =
          Math.log(why.average() / (1 - why.average()))
              + why.contributions().stream().mapToDouble(Contribution::effect).sum();
      assertThat(1 / (1 + Math.exp(-odds))).isCloseTo(why.score(), within(1e-9));
      assertThat(Double.parseDouble(house.value(one, ChurnScores.TAG)))
          .isCloseTo(why.score(), within(0.00006));
      assertThat(why.contributions())
          .isSortedAccordingTo(
              (a, b) -> Double.compare(Math.abs(b.effect()), Math.abs(a.effect())));
    }
    assertThat(
            scores.spread(BranchScope.everywhere()).stream()
                .mapToLong(ChurnScores.Spread::customers)
                .sum())
        .isEqualTo(scored.size());

    long leaver = scored.get(0);
    jdbc.sql("delete from customer_event where customer_id = ?").param(leaver).update();
    score();
    assertThat(house.value(leaver, ChurnScores.TAG)).isEqualTo("-");

    models.end(id, "somebody");
    house.work();
    assertThat(people).allMatch(one -> house.value(one, ChurnScores.TAG).equals("-"));
    assertThatThrownBy(() -> models.end(id, "somebody")).hasMessageContaining("已经停用");
  }

  @Test
  void a_score_from_outside_is_left_alone_while_no_model_is_in_force() {
    long customer = house.customer();
    jdbc.sql(
            """
            insert into customer_tag
                   (customer_id, branch, tag, value, number, as_of, updated_at, updated_by)
            select id, branch, 'churn_score', '0.7', 0.7, ?, ?, 'api:risk' from customer
             where id = ?
            """)
        .params(Columns.timestamp(clock.instant()), Columns.timestamp(clock.instant()), customer)
        .update();
    score();
    assertThat(house.value(customer, ChurnScores.TAG)).isEqualTo("0.7");
  }

  @Test
  void the_command_wants_to_know_who_trains_and_says_why_it_cannot() {
    int before = models.all().size();
    assertThat(command.train("")).isFalse();
    assertThat(command.train("nobody-of-this-name")).isFalse();
    assertThat(models.all()).hasSize(before);
  }

  private void score() {
    runs.ask(ChurnScores.MODEL, "", "system");
    house.work();
  }

  private static List<Weight> weights(double first) {
    List<Weight> weights = new ArrayList<>();
    for (ChurnFeature feature : ChurnFeature.values()) {
      weights.add(new Weight(feature, 0, 1, feature.ordinal() == 0 ? first : 0));
    }
    return weights;
  }

  private ChurnContent agrees(List<Act> log, Instant now) {
    load(log);
    ChurnContent content = training.train(settings, now, RunProgress.UNSEEN);

    List<double[]> x = new ArrayList<>();
    List<Boolean> y = new ArrayList<>();
    content.trainingCuts().forEach(cut -> remember(log, cut, x, y));
    assertThat(content.examples()).isEqualTo(x.size());
    assertThat(content.churned()).isEqualTo(y.stream().filter(one -> one).count());
    int width = ChurnFeature.values().length;
    double[] means = new double[width];
    double[] deviations = new double[width];
    for (int i = 0; i < width; i++) {
      int at = i;
      means[i] = x.stream().mapToDouble(one -> one[at]).average().orElseThrow();
      double mean = means[i];
      deviations[i] =
          Math.sqrt(
              x.stream()
                  .mapToDouble(one -> (one[at] - mean) * (one[at] - mean))
                  .average()
                  .orElse(0));
    }
    double[] beta = newton(scaled(x, means, deviations), y);
    for (int i = 0; i < width; i++) {
      Weight weight = content.weights().get(i);
      assertThat(weight.mean())
          .as("mean of %s", weight.feature())
          .isCloseTo(means[i], within(1e-6));
      assertThat(weight.weight())
          .as("weight of %s", weight.feature())
          .isCloseTo(beta[i], within(2e-3));
    }
    assertThat(content.intercept()).isCloseTo(beta[width], within(2e-3));

    List<double[]> vx = new ArrayList<>();
    List<Boolean> vy = new ArrayList<>();
    remember(log, content.validationCut(), vx, vy);
    List<double[]> scaled = scaled(vx, means, deviations);
    double[] chances = scaled.stream().mapToDouble(one -> chance(one, beta)).toArray();
    Validation found = content.validation();
    assertThat(found.customers()).isEqualTo(vx.size());
    assertThat(found.churned()).isEqualTo(vy.stream().filter(one -> one).count());
    assertThat(found.auc()).isCloseTo(pairs(chances, vy), within(2e-3));
    double brier = 0;
    for (int i = 0; i < chances.length; i++) {
      brier += Math.pow(chances[i] - (vy.get(i) ? 1 : 0), 2) / chances.length;
    }
    assertThat(found.brier()).isCloseTo(brier, within(1e-3));
    return content;
  }

  /** Of every pair of one who churned and one who stayed: how often the first is higher. */
  private static double pairs(double[] chances, List<Boolean> churned) {
    double won = 0;
    long pairs = 0;
    for (int i = 0; i < chances.length; i++) {
      for (int j = 0; j < chances.length; j++) {
        if (churned.get(i) && !churned.get(j)) {
          pairs++;
          won += chances[i] > chances[j] ? 1 : chances[i] == chances[j] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  private void remember(List<Act> log, Instant cut, List<double[]> x, List<Boolean> y) {
    Map<Integer, List<Act>> byPerson = new HashMap<>();
    log.forEach(act -> byPerson.computeIfAbsent(act.person(), any -> new ArrayList<>()).add(act));
    for (List<Act> acts : byPerson.values()) {
      List<Act> past =
          acts.stream()
              .filter(Act::bought)
              .filter(
                  one ->
                      !one.at().isAfter(cut) && one.at().isAfter(cut.minus(Duration.ofDays(365))))
              .toList();
      if (past.stream().noneMatch(one -> one.at().isAfter(cut.minus(Duration.ofDays(180))))) {
        continue;
      }
      double recency = past.stream().mapToDouble(one -> days(one.at(), cut)).min().orElseThrow();
      double tenure = past.stream().mapToDouble(one -> days(one.at(), cut)).max().orElseThrow();
      List<Act> late = past.stream().filter(one -> days(one.at(), cut) < 90).toList();
      x.add(
          Arrays.stream(
                  new double[] {
                    recency,
                    tenure,
                    past.size(),
                    late.size(),
                    past.stream().mapToDouble(Act::amount).sum(),
                    late.stream().mapToDouble(Act::amount).sum(),
                    looks(acts, cut, 30),
                    looks(acts, cut, 90),
                    recency / Math.max(1, tenure / past.size())
                  })
              .map(one -> Math.log(1 + one))
              .toArray());
      y.add(
          acts.stream()
              .filter(Act::bought)
              .noneMatch(
                  one ->
                      one.at().isAfter(cut) && !one.at().isAfter(cut.plus(Duration.ofDays(90)))));
    }
  }

  private static double looks(List<Act> acts, Instant cut, int days) {
    return acts.stream()
        .filter(one -> !one.bought() && !one.at().isAfter(cut) && days(one.at(), cut) < days)
        .count();
  }

  private static double days(Instant at, Instant cut) {
    return Duration.between(at, cut).toMillis() / 86_400_000.0;
  }

  private static List<double[]> scaled(List<double[]> x, double[] means, double[] deviations) {
    return x.stream()
        .map(
            one -> {
              double[] row = new double[one.length + 1];
              for (int i = 0; i < one.length; i++) {
                row[i] = deviations[i] == 0 ? 0 : (one[i] - means[i]) / deviations[i];
              }
              row[one.length] = 1;
              return row;
            })
        .toList();
  }

  private static double chance(double[] row, double[] beta) {
    double odds = 0;
    for (int i = 0; i < row.length; i++) {
      odds += row[i] * beta[i];
    }
    return 1 / (1 + Math.exp(-odds));
  }

  /** Minimises ½|β|² + Σ log loss by Newton's method with Gauss elimination. */
  private static double[] newton(List<double[]> x, List<Boolean> y) {
    int width = x.get(0).length;
    double[] beta = new double[width];
    for (int step = 0; step < 30; step++) {
      double[][] system = new double[width][width + 1];
      for (int i = 0; i < width; i++) {
        system[i][i] = 1;
        system[i][width] = -beta[i];
      }
      for (int row = 0; row < x.size(); row++) {
        double[] one = x.get(row);
        double p = chance(one, beta);
        double miss = (y.get(row) ? 1 : 0) - p;
        for (int i = 0; i < width; i++) {
          system[i][width] += miss * one[i];
          for (int j = 0; j < width; j++) {
            system[i][j] += p * (1 - p) * one[i] * one[j];
          }
        }
      }
      double[] move = solved(system);
      for (int i = 0; i < width; i++) {
        beta[i] += move[i];
      }
    }
    return beta;
  }

  private static double[] solved(double[][] system) {
    int width = system.length;
    for (int i = 0; i < width; i++) {
      for (int row = 0; row < width; row++) {
        if (row != i) {
          double share = system[row][i] / system[i][i];
          for (int column = i; column <= width; column++) {
            system[row][column] -= share * system[i][column];
          }
        }
      }
    }
    double[] solution = new double[width];
    for (int i = 0; i < width; i++) {
      solution[i] = system[i][width] / system[i][i];
    }
    return solution;
  }

  /** People who buy at a pace of their own, look in before they do, and leave one day. */
  private List<Act> madeUp(Random random, int people, Instant now) {
    List<Act> log = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      double gap = 8 + 60 * random.nextDouble();
      double day = 600 - 200 * random.nextDouble();
      double leaves = 1000 * random.nextDouble() - 400;
      while (day > Math.max(0, leaves)) {
        Instant at = now.minusMillis((long) (day * 86_400_000));
        log.add(new Act(person, at, true, 10 + random.nextInt(500)));
        log.add(new Act(person, at.minusSeconds(7_200), false, 0));
        if (random.nextBoolean()) {
          log.add(new Act(person, at.minusSeconds(90_000), false, 0));
        }
        day -= 0.2 + gap * -Math.log(1 - random.nextDouble());
      }
    }
    return log;
  }

  private List<Act> read(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .map(
              part ->
                  new Act(
                      Integer.parseInt(part[0]),
                      LocalDate.parse(part[1], DateTimeFormatter.BASIC_ISO_DATE)
                          .atTime(10, 0)
                          .atZone(CHINA)
                          .toInstant(),
                      true,
                      Double.parseDouble(part[3])))
          .toList();
    }
  }

  /** Loads the log for new customers, in the order of their persons. */
  private List<Long> load(List<Act> log) {
    List<Integer> persons = log.stream().map(Act::person).distinct().toList();
    List<Long> ids = house.customers(persons.size());
    Map<Integer, Long> byPerson = new HashMap<>();
    for (int i = 0; i < persons.size(); i++) {
      byPerson.put(persons.get(i), ids.get(i));
    }
    jdbc.sql(
            """
            insert into customer_event
                   (seq, customer_id, branch, type, occurred_at, received_at, source, event_id,
                    properties)
            select nextval('customer_event_seq'), customer_id, 'MODL', type, at, at, :mark,
                   number::text, jsonb_build_object('amount', amount)
              from unnest(:customers::bigint[], :types::text[], :ats::timestamptz[],
                          :amounts::numeric[])
                   with ordinality as g (customer_id, type, at, amount, number)
            """)
        .param("mark", mark + UUID.randomUUID())
        .param("customers", Columns.longs(log, one -> byPerson.get(one.person())))
        .param(
            "types",
            Columns.texts(
                log, one -> one.bought() ? settings.activity().get(0) : settings.visits().get(0)))
        .param("ats", Columns.instants(log, Act::at))
        .param("amounts", Columns.texts(log, one -> Double.toString(one.amount())))
        .update();
    return ids;
  }
}
