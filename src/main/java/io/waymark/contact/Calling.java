package io.waymark.contact;

import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.contact.lane.Throttle;
import io.waymark.platform.trace.Traces;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Calls a provider for what one transaction took. A machine may stop at any moment, so only what is
 * being called is marked as begun, and what was answered is written down while others are still
 * being called: the fewest possible are left in doubt.
 */
final class Calling {

  private static final Logger log = LoggerFactory.getLogger(Calling.class);

  /** The longest an answer stays known to this machine alone. */
  private static final Duration WRITTEN_WITHIN = Duration.ofMillis(50);

  /** Pause before answers are offered again to a database that is away. */
  private static final Duration OFFERED_AGAIN = Duration.ofMillis(200);

  private final Departures departures;
  private final Answers answers;
  private final Provider provider;
  private final Throttle throttle;
  private final ExecutorService threads;
  private final ContactSettings settings;
  private final Traces traces;
  private final BooleanSupplier draining;

  private final Deque<Departing.Call> waiting = new ArrayDeque<>();
  private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
  private final List<Answers.Answered> answered = new ArrayList<>();
  private final List<Attempt> notCalled = new ArrayList<>();
  private int running;
  private long firstAnsweredAt;
  private @Nullable Throwable failure;

  Calling(
      Departures departures,
      Answers answers,
      Provider provider,
      Throttle throttle,
      ExecutorService threads,
      ContactSettings settings,
      Traces traces,
      BooleanSupplier draining) {
    this.departures = departures;
    this.answers = answers;
    this.provider = provider;
    this.throttle = throttle;
    this.threads = threads;
    this.settings = settings;
    this.traces = traces;
    this.draining = draining;
  }

  /**
   * Calls for all of them and writes down what was said. What was not called after all is given
   * back.
   *
   * @throws RuntimeException when the database failed; what is known is written down before
   */
  void all(Departing departing) {
    List<Departing.Call> calls = departing.calls();
    waiting.addAll(calls.subList(departing.begun(), calls.size()));
    start(calls.subList(0, departing.begun()));
    while (running > 0 || !waiting.isEmpty()) {
      if (failure != null || draining.getAsBoolean()) {
        waiting.forEach(call -> notCalled.add(call.attempt()));
        waiting.clear();
      } else if (!waiting.isEmpty() && running < throttle.concurrency()) {
        beginNext(Math.max(1, throttle.begun() - running));
      }
      collect();
      if (!answered.isEmpty() && since(firstAnsweredAt) >= WRITTEN_WITHIN.toNanos()) {
        write();
      }
    }
    write();
    answers.notCalled(notCalled);
    rethrow();
  }

  private void beginNext(int most) {
    List<Departing.Call> next = new ArrayList<>();
    while (next.size() < most && !waiting.isEmpty()) {
      next.add(waiting.remove());
    }
    try {
      Set<UUID> ours = departures.begin(next.stream().map(Departing.Call::attempt).toList());
      start(next.stream().filter(call -> ours.contains(call.attempt().messageId())).toList());
    } catch (DataAccessException | TransactionException e) {
      // Not called, but perhaps marked: whoever finds them asks the provider, as after a crash.
      failure = e;
    }
  }

  private void start(List<Departing.Call> calls) {
    long begunAt = System.nanoTime();
    for (Departing.Call call : calls) {
      try {
        threads.execute(() -> done.add(call(call, begunAt)));
        running++;
      } catch (RejectedExecutionException closed) {
        notCalled.add(call.attempt());
      }
    }
  }

  private Done call(Departing.Call call, long begunAt) {
    try {
      boolean tooLate = draining.getAsBoolean() || late(begunAt);
      return new Done(call.attempt(), tooLate ? null : throttle.call(() -> send(call)), null);
    } catch (Throwable e) {
      return new Done(call.attempt(), null, e);
    }
  }

  private ProviderAnswer send(Departing.Call call) {
    try {
      return traces.during(
          call.trace(),
          "message.provider",
          Map.of(
              "message", call.message().messageId(),
              "channel", call.message().channel().code(),
              "provider", provider.name()),
          () -> provider.send(call.message()));
    } catch (RuntimeException e) {
      // A provider promises to answer; one that throws may have sent before it threw.
      return new ProviderAnswer.Unknown(e.getClass().getSimpleName());
    }
  }

  /** A call that starts too late might still run when the row is taken for a dead node's. */
  private boolean late(long begunAt) {
    return since(begunAt) >= settings.sendingTimeout().toNanos() / 2;
  }

  /** Waits for the next answers, for a moment at most. */
  private void collect() {
    if (running == 0) {
      return;
    }
    List<Done> some = new ArrayList<>();
    Done first = poll();
    if (first != null) {
      some.add(first);
      done.drainTo(some);
    }
    for (Done one : some) {
      running--;
      if (one.failure() != null) {
        // This message stays in "sending", as it would had the machine stopped here.
        failure = one.failure();
      } else if (one.answer() == null) {
        notCalled.add(one.attempt());
      } else {
        firstAnsweredAt = answered.isEmpty() ? System.nanoTime() : firstAnsweredAt;
        answered.add(new Answers.Answered(one.attempt(), provider.name(), one.answer()));
      }
    }
  }

  private @Nullable Done poll() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return done.poll(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          // Calls are under way; only their answers say what became of the messages.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Writes the answers down, and waits for a database that is away as long as they count. */
  private void write() {
    while (!answered.isEmpty()) {
      try {
        answers.record(answered);
        answered.clear();
      } catch (DataAccessException | TransactionException e) {
        log.warn(
            "{} answers of {} are not written down: {}",
            answered.size(),
            provider.name(),
            e.getClass().getSimpleName());
        if (!away(e) || draining.getAsBoolean() || late(firstAnsweredAt) || interrupted()) {
          failure = e;
          answered.clear();
        } else {
          pause();
        }
      }
    }
  }

  /** Whether the database may take it when it is back. */
  private static boolean away(RuntimeException e) {
    return e instanceof DataAccessResourceFailureException
        || e instanceof TransientDataAccessException
        || e instanceof RecoverableDataAccessException
        || e instanceof TransactionException;
  }

  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(OFFERED_AGAIN.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  private static long since(long moment) {
    return System.nanoTime() - moment;
  }

  /**
   * How a call went.
   *
   * @param answer null when the provider was not called after all
   * @param failure what stopped the machine, as it were; null when it went on
   */
  private record Done(
      Attempt attempt, @Nullable ProviderAnswer answer, @Nullable Throwable failure) {}
}
