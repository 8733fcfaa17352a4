package io.waymark.segment.posting;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps lists in the background: nobody waits for one, who asks earlier is answered from rows. */
@Component
@ConditionalOnProperty(
    name = "waymark.background.enabled",
    havingValue = "true",
    matchIfMissing = true)
class PostingLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PostingLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration STOPPING = Duration.ofSeconds(20);

  private final PostingKeeping keeping;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;
  private Thread thread = new Thread();

  PostingLoop(PostingKeeping keeping) {
    this.keeping = keeping;
  }

  @Override
  public void start() {
    running = true;
    thread = new Thread(this::loop, "waymark-postings");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    wake.release();
    try {
      thread.join(STOPPING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void loop() {
    while (running) {
      try {
        if (!keeping.step()) {
          sleep(PAUSE);
        }
      } catch (RuntimeException failure) {
        log.error("Lists of customers could not be kept, trying again", failure);
        sleep(AFTER_FAILURE);
      }
    }
  }

  private void sleep(Duration time) {
    try {
      if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
