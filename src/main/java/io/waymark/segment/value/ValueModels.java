package io.waymark.segment.value;

import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.model.RunProgress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/** The model in force, and the run that applies it to all customers. */
@Component
public class ValueModels {

  private final PolicyDocuments documents;
  private final ValueModelKind kind;
  private final RfmScores rfm;
  private final Tiers tiers;
  private final Clock clock;

  ValueModels(
      PolicyDocuments documents, ValueModelKind kind, RfmScores rfm, Tiers tiers, Clock clock) {
    this.documents = documents;
    this.kind = kind;
    this.rfm = rfm;
    this.tiers = tiers;
    this.clock = clock;
  }

  /** The model that applies now. */
  public PolicyInForce<ValueModel> current() {
    return documents.active(kind, clock.instant());
  }

  /** Scores all customers and puts them into their tiers; safe to run again after a crash. */
  public void run() {
    run(RunProgress.UNSEEN);
  }

  /**
   * As {@link #run()}, seen by somebody.
   *
   * @return how many customers were scored
   */
  int run(RunProgress progress) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    PolicyInForce<ValueModel> model = documents.active(kind, now);
    List<TierScheme> schemes = model.value().schemes();
    int steps = 2 + schemes.size();
    progress.at(0, steps);
    int scored = rfm.compute(model.value().rfm(), model.version(), now);
    progress.at(1, steps);
    rfm.writeTags(now);
    for (int i = 0; i < schemes.size(); i++) {
      progress.at(2L + i, steps);
      tiers.assign(schemes.get(i), now);
    }
    return scored;
  }
}
