package io.waymark.contact;

import io.waymark.contact.lane.LaneSettings;
import io.waymark.platform.rehearsal.Rehearsing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps the lanes running: one thread for each channel, woken by new messages and otherwise
 * polling, since another node may have written them. Stops by taking no more, finishing the calls
 * that run and giving back the rest.
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
  private final ContactPolicies policies;
  private final ContactSettings settings;
  private final LaneSettings limits;
  private final Clock clock;
  private final List<Worker> workers = new ArrayList<>();
  private volatile boolean running;
  private Instant purgeAt = Instant.MIN;

  DispatchLoop(
      Dispatcher dispatcher,
      Reservations reservations,
      InAppMessages inApp,
      ContactPolicies policies,
      ContactSettings settings,
      LaneSettings limits,
      Clock clock) {
    this.dispatcher = dispatcher;
    this.reservations = reservations;
    this.inApp = inApp;
    this.policies = policies;
    this.settings = settings;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    for (Lane lane : dispatcher.lanes()) {
      lane.open();
      workers.add(new Worker(lane.channel().code(), () -> lane.run(settings.batch()), lane::rest));
    }
    workers.add(
        new Worker("next-texts", () -> dispatcher.followUp(settings.batch()), settings::poll));
    workers.add(new Worker("purge", this::purge, settings::poll));
    workers.forEach(worker -> worker.thread.start());
  }

  @Override
  public void stop() {
    running = false;
    dispatcher.lanes().forEach(Lane::drain);
    wake();
    long end = System.nanoTime() + limits.drain().toNanos();
    for (Worker worker : workers) {
      try {
        // All lanes share the limit. A call that outlasts it stays in "sending"; what became of it
        // is found out as after a crash.
        worker.thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
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
    if (!Rehearsing.on()) {
      wake();
    }
  }

  private void wake() {
    workers.forEach(worker -> worker.wake.release());
  }

  private int purge() {
    Instant now = clock.instant();
    if (now.isAfter(purgeAt)) {
      purgeAt = now.plus(PURGE_EVERY);
      reservations.purge(now.minus(policies.at(now).longestWindow()).minus(KEEP_COUNTED));
      inApp.purge(now.minus(KEEP_PLACED));
    }
    return 0;
  }

  /** One thread that works while there is work and sleeps otherwise. */
  private final class Worker {

    private final Semaphore wake = new Semaphore(0);
    private final IntSupplier work;
    private final Supplier<Duration> rest;
    private final Thread thread;

    Worker(String name, IntSupplier work, Supplier<Duration> rest) {
      this.work = work;
      this.rest = rest;
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
        if (wake.tryAcquire(rest.get().toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
