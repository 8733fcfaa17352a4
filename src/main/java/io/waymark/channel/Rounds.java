package io.waymark.channel;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing again and again in a thread of its own; a round that fails is followed by others.
 */
public final class Rounds {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final String name;
  private final Duration every;
  private final Runnable round;
  private @Nullable ScheduledExecutorService thread;

  /**
   * @param every pause between the end of a round and the next
   */
  public Rounds(String name, Duration every, Runnable round) {
    this.name = name;
    this.every = every;
    this.round = round;
  }

  public synchronized void start() {
    if (thread == null) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread daemon = new Thread(task, "waymark-" + name);
                daemon.setDaemon(true);
                return daemon;
              });
      thread.scheduleWithFixedDelay(
          this::safely, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  public synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  private void safely() {
    try {
      round.run();
    } catch (RuntimeException e) {
      log.warn("Round of {} failed, the next one tries again: {}", name, e.getClass().getName());
    }
  }
}
