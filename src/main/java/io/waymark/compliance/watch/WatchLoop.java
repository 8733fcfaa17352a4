package io.waymark.compliance.watch;

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
 * Keeps one thread reading content whenever there is some to read, woken by requests and otherwise
 * polling, because a day or another node may have changed the rules. Stops after the batch in hand.
 */
@Component
@ConditionalOnProperty(
    name = "waymark.background.enabled",
    havingValue = "true",
    matchIfMissing = true)
class WatchLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WatchLoop.class);
  private static final long POLL_SECONDS = 5;
  private static final long PATIENCE_MILLIS = 10_000;

  private final PackWork reading;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;
  private Thread thread = new Thread(this::work, "waymark-watch");

  WatchLoop(PackWork reading) {
    this.reading = reading;
  }

  @Override
  public void start() {
    running = true;
    thread = new Thread(this::work, "waymark-watch");
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
  void on(PackTrials.Requested requested) {
    wake.release();
  }

  private void work() {
    while (running) {
      boolean more = false;
      try {
        more = reading.some();
      } catch (Throwable e) {
        // The next round tries again: a thread that ended would leave new rules unapplied.
        log.error("reading content failed: {}", e.getClass().getName());
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
