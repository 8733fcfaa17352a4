package io.waymark.engine.run;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does small pieces of work while there are any, then sleeps until woken. */
final class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration NAP = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(20);

  private final String name;
  private final IntSupplier piece;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * Works under this thread name.
   *
   * @param piece does one piece and says how much it found; 0 means nothing to do
   */
  Worker(String name, IntSupplier piece) {
    this.name = name;
    this.piece = piece;
  }

  void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  synchronized void start() {
    running = true;
    thread = new Thread(this::work, name);
    thread.start();
  }

  /** Lets the piece at hand finish; what is left stays in the database for the next start. */
  synchronized void stop() {
    running = false;
    wakes.release();
    if (thread != null) {
      try {
        thread.join(FAREWELL.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    while (running) {
      Duration pause = attempt();
      try {
        if (running
            && !pause.isZero()
            && wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wakes.drainPermits();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Duration attempt() {
    try {
      return piece.getAsInt() > 0 ? Duration.ZERO : NAP;
    } catch (RuntimeException | Error failure) {
      // An error too: a worker that ends silently would leave every customer standing.
      log.error("{} failed and will try again", name, failure);
      return AFTER_FAILURE;
    }
  }
}
