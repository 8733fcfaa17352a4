package io.waymark.journey.migration;

import io.waymark.journey.migration.MigrationRuns.MigrationDue;
import io.waymark.platform.background.BackgroundLoop;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps one thread moving customers of approved plans while there are any, woken by approvals and
 * otherwise polling, because an hour may have come. Stops after the batch in hand; another node or
 * the next start goes on from there.
 */
@Component
@ConditionalOnProperty(
    name = "waymark.background.enabled",
    havingValue = "true",
    matchIfMissing = true)
class MigrationLoop implements SmartLifecycle {

  private final BackgroundLoop loop;

  MigrationLoop(MigrationWork work) {
    this.loop =
        new BackgroundLoop(
            "waymark-migration",
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            () -> work.runNext() > 0);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(MigrationDue due) {
    loop.wake();
  }
}
