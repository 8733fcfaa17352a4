package io.waymark.contact;

import io.waymark.channel.Provider;
import io.waymark.channel.Providers;
import io.waymark.contact.lane.LaneSettings;
import io.waymark.contact.lane.LaneState;
import io.waymark.contact.lane.Throttle;
import io.waymark.contact.lane.Throttles;
import io.waymark.platform.Channel;
import io.waymark.platform.rehearsal.Rehearsing;
import io.waymark.platform.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's way out, with threads of its own: however slow its provider is, no other channel
 * waits for it. It takes only what its provider would take now.
 */
final class Lane {

  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final int PROMOTED_AT_ONCE = 1_000;
  private static final Duration PACED_REST = Duration.ofMillis(50);

  private final Channel channel;
  private final Outbox outbox;
  private final Departures departures;
  private final Answers answers;
  private final Unresolved unresolved;
  private final Providers providers;
  private final Throttles throttles;
  private final ContactSettings settings;
  private final LaneSettings limits;
  private final Traces traces;
  private final Clock clock;
  private final ExecutorService calls;
  private volatile boolean draining;
  private volatile boolean heldBack;

  Lane(
      Channel channel,
      Outbox outbox,
      Departures departures,
      Answers answers,
      Unresolved unresolved,
      Providers providers,
      Throttles throttles,
      ContactSettings settings,
      LaneSettings limits,
      Traces traces,
      Clock clock) {
    this.channel = channel;
    this.outbox = outbox;
    this.departures = departures;
    this.answers = answers;
    this.unresolved = unresolved;
    this.providers = providers;
    this.throttles = throttles;
    this.settings = settings;
    this.limits = limits;
    this.traces = traces;
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.calls =
        Executors.newFixedThreadPool(
            throttle().map(Throttle::concurrency).orElse(1),
            work -> {
              Thread thread =
                  new Thread(work, "waymark-" + channel.code() + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  Channel channel() {
    return channel;
  }

  private Optional<Throttle> throttle() {
    return providers.of(channel).map(throttles::of);
  }

  /**
   * Makes ready what has become due, resolves what is unknown, then dispatches until nothing is
   * ready, the provider would take no more or {@code max} messages were taken.
   *
   * @return how many messages were handled
   */
  int run(int max) {
    promote();
    return unresolved.resolve(channel, max) + dispatch(max);
  }

  private void promote() {
    int promoted;
    do {
      promoted = outbox.promote(channel, PROMOTED_AT_ONCE, clock.instant());
    } while (promoted == PROMOTED_AT_ONCE);
  }

  private int dispatch(int max) {
    int done = 0;
    Throttle throttle = throttle().orElse(null);
    heldBack = false;
    while (done < max && !draining) {
      int wanted = Math.min(settings.batch(), max - done);
      int allowed = throttle == null ? wanted : throttle.permits(wanted);
      heldBack = allowed == 0 && throttle != null && throttle.paced();
      int taken = allowed == 0 ? 0 : step(allowed);
      if (taken == 0) {
        return done;
      }
      done += taken;
    }
    return done;
  }

  /** From now on nothing is taken, and what was taken but not called goes back. */
  void drain() {
    draining = true;
  }

  /** Takes messages again after {@link #drain()}. */
  void open() {
    draining = false;
  }

  /** Lets calls that run finish; no new ones start. */
  void close() {
    draining = true;
    calls.shutdown();
    try {
      if (!calls.awaitTermination(limits.drain().toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Calls to the provider of {} did not end; their messages are unknown", channel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int step(int max) {
    Departing departing;
    try {
      departing = departures.prepare(channel, max, throttle().map(Throttle::begun).orElse(1));
    } catch (RuntimeException e) {
      log.warn("A batch of {} cannot be prepared, going one by one: {}", channel, kind(e));
      return oneByOne(departures.next(channel, max));
    }
    call(departing);
    return departing.taken();
  }

  private int oneByOne(List<UUID> ids) {
    for (UUID id : ids) {
      Departing departing;
      try {
        departing = departures.prepare(id);
      } catch (RuntimeException e) {
        log.error("Message {} cannot be prepared and is put aside: {}", id, kind(e));
        departures.park(id, kind(e));
        continue;
      }
      call(departing);
    }
    return ids.size();
  }

  private void call(Departing departing) {
    if (Rehearsing.on()) {
      throw new IllegalStateException("a rehearsal calls no provider");
    }
    Provider provider = providers.of(channel).orElse(null);
    if (departing.calls().isEmpty() || provider == null) {
      return;
    }
    Throttle throttle = throttles.of(provider);
    throttle.spend(departing.calls().size());
    new Calling(departures, answers, provider, throttle, calls, settings, traces, () -> draining)
        .all(departing);
  }

  /** How the lane goes, with the queue that was read for all lanes. */
  LaneState state(LaneState.Queue queue) {
    Provider provider = providers.of(channel).orElse(null);
    if (provider == null) {
      return new LaneState(
          channel, null, queue, null, 1, 0, 0, LaneState.Breaker.CLOSED, 0, 1, null, null);
    }
    Throttle throttle = throttles.of(provider);
    Throttle.Trouble trouble = throttle.lastTrouble();
    return new LaneState(
        channel,
        provider.name(),
        queue,
        throttle.perSecond(),
        throttle.nodes(),
        throttle.lastMinute(),
        throttle.failuresLastMinute(),
        throttle.breaker(),
        throttle.inFlight(),
        throttle.concurrency(),
        trouble == null ? null : trouble.code(),
        trouble == null ? null : trouble.at());
  }

  /** How long the loop rests when there is nothing to do: shortly where only the rate holds it. */
  Duration rest() {
    return heldBack && settings.poll().compareTo(PACED_REST) > 0 ? PACED_REST : settings.poll();
  }

  /** The kind of a failure; its words may hold personal data and are not logged. */
  private static String kind(RuntimeException e) {
    return e.getClass().getSimpleName();
  }
}
