package io.waymark.segment.value;

import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    PolicyInForce<ValueModel> model = documents.active(kind, now);
    rfm.compute(model.value().rfm(), model.version(), now);
    rfm.writeTags(now);
    model.value().schemes().forEach(scheme -> tiers.assign(scheme, now));
  }
}
