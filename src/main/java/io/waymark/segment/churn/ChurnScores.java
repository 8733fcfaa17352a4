package io.waymark.segment.churn;

import io.waymark.customer.tag.TagValue;
import io.waymark.customer.tag.TagWriter;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.model.CustomerPieces;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.model.ModelWork;
import io.waymark.segment.model.NightlyModel;
import io.waymark.segment.model.RunProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code churn_score}: what the model in force says of every customer it is asked about,
 * computed every night. Without one in force nobody has a score of ours, and those imported stay.
 */
@Component
public class ChurnScores implements ModelWork, NightlyModel {

  /** The tag a score is written to, 0 to 1. */
  public static final String TAG = "churn_score";

  /** Code of the model. */
  public static final String MODEL = "churn";

  private static final String ACTOR = "score:churn";

  private final JdbcClient jdbc;
  private final ChurnModels models;
  private final Examples examples;
  private final TagWriter tags;
  private final CustomerPieces customers;
  private final ModelRuns runs;
  private final Clock clock;

  ChurnScores(
      JdbcClient jdbc,
      ChurnModels models,
      Examples examples,
      TagWriter tags,
      CustomerPieces customers,
      ModelRuns runs,
      Clock clock) {
    this.jdbc = jdbc;
    this.models = models;
    this.examples = examples;
    this.tags = tags;
    this.customers = customers;
    this.runs = runs;
    this.clock = clock;
  }

  @Override
  public String model() {
    return MODEL;
  }

  @Override
  public void askForTheNight() {
    if (models.inForce().isPresent()) {
      runs.ask(MODEL, "", "system");
    }
  }

  @Override
  public String run(String argument, RunProgress progress) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long done = customers.each(progress, piece -> score(piece, now));
    return "共 %d 名客户。".formatted(done);
  }

  /** The model is read anew for every piece: it may have been ended meanwhile. */
  private void score(Collection<Long> customerIds, Instant now) {
    Optional<ChurnModel> model = models.inForce();
    List<Example> asked =
        model
            .map(one -> examples.at(one.content().settings(), now, customerIds))
            .orElseGet(List::of);
    forget(customerIds, asked);
    model.filter(one -> !asked.isEmpty()).ifPresent(one -> write(one, asked, now));
  }

  private void forget(Collection<Long> customerIds, List<Example> asked) {
    Set<Long> gone = new HashSet<>(customerIds);
    asked.forEach(one -> gone.remove(one.customerId()));
    List<Long> scored =
        jdbc.sql("delete from churn_score where customer_id = any(?) returning customer_id")
            .param(Columns.longs(gone))
            .query(Long.class)
            .list();
    if (!scored.isEmpty()) {
      tags.remove(TAG, scored, ACTOR);
    }
  }

  private void write(ChurnModel model, List<Example> asked, Instant now) {
    Logistic logistic = model.content().logistic();
    jdbc.sql(
            """
            insert into churn_score
                   (customer_id, branch, model_id, score, features, computed_at, as_of)
            select customer_id, branch, :model, score::double precision,
                   features::double precision[], :now, :now
              from unnest(:customers::bigint[], :branches::text[], :scores::text[],
                          :features::text[]) as g (customer_id, branch, score, features)
             order by customer_id
            on conflict (customer_id) do update
               set branch = excluded.branch, model_id = excluded.model_id, score = excluded.score,
                   features = excluded.features, computed_at = excluded.computed_at,
                   as_of = excluded.as_of
            """)
        .param("model", model.id())
        .param("now", Columns.timestamp(now))
        .param("customers", Columns.longs(asked, Example::customerId))
        .param("branches", Columns.texts(asked, Example::branch))
        .param(
            "scores", Columns.texts(asked, one -> Double.toString(logistic.chance(one.features()))))
        .param("features", Columns.texts(asked, one -> array(one.features())))
        .update();
    tags.setAll(
        asked.stream()
            .map(
                one ->
                    new TagValue(
                        one.customerId(),
                        TAG,
                        String.format(Locale.ROOT, "%.4f", logistic.chance(one.features())),
                        now))
            .toList(),
        ACTOR);
  }

  private static String array(double[] features) {
    return Arrays.stream(features)
        .mapToObj(Double::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Why a customer has his score; empty without one of ours. */
  public Optional<ChurnExplanation> explain(long customerId) {
    return jdbc.sql("select * from churn_score where customer_id = ?")
        .param(customerId)
        .query(
            (row, number) -> explanation(row, models.find(row.getLong("model_id")).orElseThrow()))
        .optional();
  }

  private static ChurnExplanation explanation(ResultSet row, ChurnModel model) throws SQLException {
    Double[] features = (Double[]) row.getArray("features").getArray();
    List<Weight> weights = model.content().weights();
    List<Contribution> contributions = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Weight weight = weights.get(i);
      contributions.add(
          new Contribution(
              weight.feature(),
              ChurnFeature.plain(features[i]),
              ChurnFeature.plain(weight.mean()),
              weight.contribution(features[i])));
    }
    contributions.sort(Comparator.comparingDouble((Contribution one) -> -Math.abs(one.effect())));
    return new ChurnExplanation(
        row.getDouble("score"),
        1 / (1 + Math.exp(-model.content().intercept())),
        model.id(),
        Columns.instant(row, "computed_at"),
        contributions);
  }

  /**
   * How scores are spread.
   *
   * @param tenth 0 for scores below 0.1, 9 for those from 0.9 on
   */
  public record Spread(int tenth, long customers) {}

  /** Customers of these branches by score; tenths without anybody are absent. */
  public List<Spread> spread(BranchScope scope) {
    return jdbc.sql(
            """
            select least(9, floor(score * 10))::int as tenth, count(*) as customers
              from churn_score where :everywhere or branch = any(:branches)
             group by 1 order by 1
            """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Spread.class)
        .list();
  }
}
