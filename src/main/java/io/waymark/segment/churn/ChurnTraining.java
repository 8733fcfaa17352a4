package io.waymark.segment.churn;

import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.model.ModelWork;
import io.waymark.segment.model.RunProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Trains a model on the house's own history. It is validated at the latest cut whose outcome is
 * known, and learns from cuts so much earlier that all their outcomes were known by then.
 */
@Component
class ChurnTraining implements ModelWork {

  static final String MODEL = "churn-train";

  /** More customers at a cut teach no more than this, and need not fit into memory. */
  private static final int MOST = 100_000;

  /** Fewer examples of one outcome than this are no history to learn from. */
  private static final int LEAST = 50;

  private final PolicyDocuments documents;
  private final ChurnSettingsKind kind;
  private final Examples examples;
  private final ChurnModels models;
  private final JdbcClient jdbc;
  private final Clock clock;

  ChurnTraining(
      PolicyDocuments documents,
      ChurnSettingsKind kind,
      Examples examples,
      ChurnModels models,
      JdbcClient jdbc,
      Clock clock) {
    this.documents = documents;
    this.kind = kind;
    this.examples = examples;
    this.models = models;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String model() {
    return MODEL;
  }

  /** The argument is the username of who asked, who may not approve it himself. */
  @Override
  public String run(String trainedBy, RunProgress progress) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    PolicyInForce<ChurnSettings> settings = documents.active(kind, now);
    ChurnContent content = train(settings.value(), now, progress);
    long id = models.keep(content, settings.version(), trainedBy, now);
    Validation found = content.validation();
    return "模型 %d：验证客户 %d 名，流失 %.1f%%，AUC %.3f，Brier %.4f（全按平均猜为 %.4f），最高一成的提升 %.2f 倍，校准误差 %.3f。"
        .formatted(
            id,
            found.customers(),
            100 * found.baseRate(),
            found.auc(),
            found.brier(),
            found.baseBrier(),
            found.lift(),
            found.calibrationError());
  }

  /** Learns and validates; nothing is kept. */
  ChurnContent train(ChurnSettings settings, Instant now, RunProgress progress) {
    Duration horizon = Duration.ofDays(settings.horizonDays());
    Instant validationCut = now.minus(horizon);
    List<Instant> cuts =
        IntStream.range(0, settings.trainingCuts())
            .mapToObj(
                i ->
                    validationCut
                        .minus(horizon)
                        .minus(Duration.ofDays((long) i * settings.stepDays())))
            .toList();
    int every =
        1 + jdbc.sql("select count(*) / ? from customer").param(MOST).query(Integer.class).single();
    int steps = cuts.size() + 2;
    List<Example> learnt = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      progress.at(i, steps);
      learnt.addAll(examples.at(settings, cuts.get(i), every));
    }
    enough(learnt, "训练");
    progress.at(cuts.size(), steps);
    List<Example> judged = examples.at(settings, validationCut, every);
    enough(judged, "验证");
    progress.at(cuts.size() + 1L, steps);
    Logistic model = Logistic.of(learnt);
    return new ChurnContent(
        settings,
        cuts,
        validationCut,
        learnt.size(),
        learnt.stream().filter(Example::churned).count(),
        model.intercept(),
        model.weights(),
        Validation.of(model, judged));
  }

  private static void enough(List<Example> found, String what) {
    long churned = found.stream().filter(Example::churned).count();
    long stayed = found.size() - churned;
    if (churned < LEAST || stayed < LEAST) {
      throw new IllegalArgumentException(
          "%s用的历史太少：流失 %d 例、留下 %d 例，各须不少于 %d 例。请先导入更长的交易历史，或缩短设置里的天数。"
              .formatted(what, churned, stayed, LEAST));
    }
  }
}
