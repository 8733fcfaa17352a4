package io.waymark.segment.lifecycle;

import io.waymark.segment.model.CustomerPieces;
import io.waymark.segment.model.FollowedModel;
import io.waymark.segment.model.ModelFeed;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.model.ModelWork;
import io.waymark.segment.model.NightlyModel;
import io.waymark.segment.model.RunProgress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** All customers every night and on demand, and those whose facts changed within seconds. */
@Component
class LifecycleComputing implements ModelWork, FollowedModel, NightlyModel {

  private final Lifecycle lifecycle;
  private final CustomerPieces customers;
  private final ModelFeed feed;
  private final ModelRuns runs;
  private final TransactionTemplate transaction;
  private final Clock clock;

  LifecycleComputing(
      Lifecycle lifecycle,
      CustomerPieces customers,
      ModelFeed feed,
      ModelRuns runs,
      TransactionTemplate transaction,
      Clock clock) {
    this.lifecycle = lifecycle;
    this.customers = customers;
    this.feed = feed;
    this.runs = runs;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public String model() {
    return Lifecycle.MODEL;
  }

  @Override
  public void askForTheNight() {
    runs.ask(Lifecycle.MODEL, "", "system");
  }

  /** The feed hears of what the policy in force reads from here on. */
  @Override
  public String run(String argument, RunProgress progress) {
    transaction.executeWithoutResult(
        status -> feed.interested(Lifecycle.MODEL, lifecycle.current().value().rules()));
    feed.forget(Lifecycle.MODEL);
    AtomicLong moved = new AtomicLong();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long done = customers.each(progress, piece -> moved.addAndGet(lifecycle.place(piece, now)));
    return "共 %d 名客户，%d 名换了阶段。".formatted(done, moved.get());
  }

  @Override
  public boolean follows(String model) {
    return model.equals(Lifecycle.MODEL);
  }

  @Override
  public void follow(String model, Collection<Long> customerIds, Instant now) {
    lifecycle.place(customerIds, now.truncatedTo(ChronoUnit.MICROS));
  }
}
