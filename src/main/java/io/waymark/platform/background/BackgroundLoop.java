package io.waymark.platform.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that works while there is something to do, woken by what happens and otherwise looking
 * again after a while. It stops after the piece in hand. A piece that fails is tried again in the
 * next round: a thread that ended would leave its work standing until the next start.
 */
public final class BackgroundLoop {

  private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);

  private final String name;
  private final Duration poll;
  private final Duration patience;
  private final BooleanSupplier work;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;
  private Thread thread = new Thread(this::run);

  /**
   * @param name of the thread, and what a failure is logged under
   * @param poll how long to rest when there is nothing to do
   * @param patience how long a stop waits for the piece in hand
   * @param work does one piece; answers whether there may be more at once
   */
  public BackgroundLoop(String name, Duration poll, Duration patience, BooleanSupplier work) {
    this.name = name;
    this.poll = poll;
    this.patience = patience;
    this.work = work;
  }

  /** Begins to work. */
  public void start() {
    running = true;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends after the piece in hand; returns when it is done or patience is over. */
  public void stop() {
    running = false;
    wake.release();
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was started and not stopped since. */
  public boolean isRunning() {
    return running;
  }

  /** There is something to do. */
  public void wake() {
    wake.release();
  }

  private void run() {
    while (running) {
      boolean more = false;
      try {
        more = work.getAsBoolean();
      } catch (Throwable e) {
        // Names only: the message of a database error may carry data of customers.
        log.error("{} failed and will try again: {}", name, e.getClass().getName());
      }
      if (!more && running) {
        rest();
      }
    }
  }

  private void rest() {
    try {
      if (wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
