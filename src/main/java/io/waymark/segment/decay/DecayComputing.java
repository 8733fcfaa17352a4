package io.waymark.segment.decay;

import io.waymark.segment.model.CustomerPieces;
import io.waymark.segment.model.FollowedModel;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.model.ModelWork;
import io.waymark.segment.model.NightlyModel;
import io.waymark.segment.model.RunProgress;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Rule;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All customers every night and on demand; within seconds those who did something again. Silence
 * itself makes no event: it is the night that finds it.
 */
@Component
class DecayComputing implements ModelWork, FollowedModel, NightlyModel {

  private final DecayScores scores;
  private final CustomerPieces customers;
  private final ModelFeed feed;
  private final ModelRuns runs;
  private final TransactionTemplate transaction;
  private final Clock clock;

  DecayComputing(
      DecayScores scores,
      CustomerPieces customers,
      ModelFeed feed,
      ModelRuns runs,
      TransactionTemplate transaction,
      Clock clock) {
    this.scores = scores;
    this.customers = customers;
    this.feed = feed;
    this.runs = runs;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public String model() {
    return DecayScores.MODEL;
  }

  @Override
  public void askForTheNight() {
    runs.ask(DecayScores.MODEL, "", "system");
  }

  @Override
  public String run(String argument, RunProgress progress) {
    DecayPolicy policy = scores.current().value();
    transaction.executeWithoutResult(
        status -> feed.interested(DecayScores.MODEL, interests(policy)));
    feed.forget(DecayScores.MODEL);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long done =
        customers.each(
            progress,
            piece -> {
              scores.takeReadings(policy, piece, now);
              scores.compute(piece, now);
            });
    scores.forgetReadings(policy, now);
    return "共 %d 名客户，%d 个信号。".formatted(done, policy.signals().size());
  }

  /** What is measured, said as rules: the feed knows no other language. */
  private static List<Rule> interests(DecayPolicy policy) {
    return policy.signals().stream()
        .flatMap(
            one ->
                one.tag() == null
                    ? one.events().stream().map("event '%s' exists"::formatted)
                    : Stream.of("has tag " + one.tag()))
        .map(AudienceRules::parse)
        .toList();
  }

  @Override
  public boolean follows(String model) {
    return model.equals(DecayScores.MODEL);
  }

  @Override
  public void follow(String model, Collection<Long> customerIds, Instant now) {
    scores.compute(customerIds, now.truncatedTo(ChronoUnit.MICROS));
  }
}
