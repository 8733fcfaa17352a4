package io.waymark.segment.live;

import io.waymark.customer.event.EventsArrived;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps live audiences moving: woken by events, otherwise looking five times a second, since facts
 * change by many doors and on other nodes as well.
 */
@Component
@ConditionalOnProperty(
    name = "waymark.background.enabled",
    havingValue = "true",
    matchIfMissing = true)
class LiveLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LiveLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration STOPPING = Duration.ofSeconds(20);

  private final LiveKeeping keeping;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;
  private Thread thread = new Thread();
  private long sweptAt;

  LiveLoop(LiveKeeping keeping) {
    this.keeping = keeping;
  }

  @EventListener
  void on(EventsArrived arrived) {
    wake.release();
  }

  @Override
  public void start() {
    running = true;
    sweptAt = System.nanoTime() - SWEEP.toNanos();
    thread = new Thread(this::loop, "waymark-audiences");
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
        if (!round()) {
          sleep(POLL);
        }
      } catch (RuntimeException failure) {
        log.error("Live audiences failed, trying again", failure);
        sleep(AFTER_FAILURE);
      }
    }
  }

  /** Changes first: somebody may be waiting for them. */
  private boolean round() {
    boolean busy = keeping.followChanges() > 0;
    if (System.nanoTime() - sweptAt >= SWEEP.toNanos()) {
      sweptAt = System.nanoTime();
      busy |= keeping.followClock() > 0;
    }
    return keeping.fill() || busy;
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
