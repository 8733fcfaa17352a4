package io.waymark.contact;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps the lanes running: one thread for each channel, woken by new messages and otherwise
 * polling, since another node may have written them. Stops after the batch in hand.
 */
@Component
@ConditionalOnProperty(
    name = "waymark.background.enabled",
    havingValue = "true",
    matchIfMissing = true)
class DispatchLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DispatchLoop.class);
  private static final Duration PURGE_EVERY = Duration.ofHours(6);
  private static final Duration KEEP_PLACED = Duration.ofDays(30);
  private static final Duration KEEP_COUNTED = Duration.ofDays(31);

  private final Dispatcher dispatcher;
  private final Reservations reservations;
  private final InAppMessages inApp;
  private final ContactPolicy policy;
  private final ContactSettings settings;
  private final Clock clock;
  private final List<Worker> workers = new ArrayList<>();
  private volatile boolean running;
  private Instant purgeAt = Instant.MIN;

  DispatchLoop(
      Dispatcher dispatcher,
      Reservations reservations,
      InAppMessages inApp,
      ContactPolicy policy,
      ContactSettings settings,
      Clock clock) {
    this.dispatcher = dispatcher;
    this.reservations = reservations;
    this.inApp = inApp;
    this.policy = policy;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    for (Lane lane : dispatcher.lanes()) {
      workers.add(new Worker(lane.channel().code(), () -> lane.run(settings.batch())));
    }
    workers.add(new Worker("purge", this::purge));
    workers.forEach(worker -> worker.thread.start());
  }

  @Override
  public void stop() {
    running = false;
    wake();
    for (Worker worker : workers) {
      try {
        worker.thread.join(settings.sendingTimeout().toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    workers.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(OutboxFilled filled) {
    wake();
  }

  private void wake() {
    workers.forEach(worker -> worker.wake.release());
  }

  private int purge() {
    Instant now = clock.instant();
    if (now.isAfter(purgeAt)) {
      purgeAt = now.plus(PURGE_EVERY);
      reservations.purge(now.minus(policy.longestWindow()).minus(KEEP_COUNTED));
      inApp.purge(now.minus(KEEP_PLACED));
    }
    return 0;
  }

  /** One thread that works while there is work and sleeps otherwise. */
  private final class Worker {

    private final Semaphore wake = new Semaphore(0);
    private final IntSupplier work;
    private final Thread thread;

    Worker(String name, IntSupplier work) {
      this.work = work;
      this.thread = new Thread(this::loop, "waymark-dispatch-" + name);
      this.thread.setDaemon(true);
    }

    private void loop() {
      while (running) {
        int handled = 0;
        try {
          handled = work.getAsInt();
        } catch (Throwable e) {
          // The next round tries again: a lane that ended would leave its channel silent.
          log.error("{} failed: {}", thread.getName(), e.getClass().getName());
        }
        if (handled == 0 && running) {
          sleep();
        }
      }
    }

    private void sleep() {
      try {
        if (wake.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
