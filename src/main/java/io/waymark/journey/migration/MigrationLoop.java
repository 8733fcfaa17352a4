package io.waymark.journey.migration;

import io.waymark.journey.migration.MigrationRuns.MigrationDue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger log = LoggerFactory.getLogger(MigrationLoop.class);
  private static final long POLL_SECONDS = 2;
  private static final long PATIENCE_MILLIS = 20_000;

  private final MigrationWork work;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;
  private Thread thread = new Thread(this::work, "waymark-migration");

  MigrationLoop(MigrationWork work) {
    this.work = work;
  }

  @Override
  public void start() {
    running = true;
    thread = new Thread(this::work, "waymark-migration");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    wake.release();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(MigrationDue due) {
    wake.release();
  }

  private void work() {
    while (running) {
      boolean more = false;
      try {
        more = work.runNext() > 0;
      } catch (Throwable e) {
        // The next round tries again: a thread that ended would leave a plan standing half done.
        log.error("a batch of a migration failed: {}", e.getClass().getName());
      }
      if (!more && running) {
        sleep();
      }
    }
  }

  private void sleep() {
    try {
      if (wake.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
