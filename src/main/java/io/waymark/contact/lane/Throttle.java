package io.waymark.contact.lane;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.waymark.channel.ProviderAnswer;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a lane and its provider. The lane asks how many calls it may make before it
 * takes rows, so that nothing is taken that could not leave.
 */
public final class Throttle {

  /** The breaker wants a throwable; this one costs no stack. */
  private static final Exception TROUBLE =
      new Exception("no answer, or put off", null, false, false) {
        private static final long serialVersionUID = 1L;
      };

  /** For how long ahead messages are taken. */
  private static final double REACH_MILLIS = 2_000;

  /** For how long ahead calls are announced as begun; a node that dies leaves them in doubt. */
  private static final double BEGUN_MILLIS = 10;

  private final ProviderLimits limits;
  private final CircuitBreaker breaker;
  private final SharedRate rate;
  private final Meter meter = new Meter();
  private final Clock clock;
  private volatile @Nullable Trouble last;
  private final AtomicInteger inFlight = new AtomicInteger();

  Throttle(String name, ProviderLimits limits, SendingNodes nodes, Clock clock) {
    this.clock = clock;
    this.limits = limits;
    this.rate = new SharedRate(name, limits.perSecond(), nodes);
    this.breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(limits.breakerCalls())
                .minimumNumberOfCalls(limits.breakerMinimum())
                .failureRateThreshold(limits.breakerPercent())
                .waitDurationInOpenState(limits.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(limits.breakerTrials())
                .build());
  }

  /**
   * How many calls may be made now, at most {@code wanted}. Of a slow provider fewer are taken, so
   * that what is urgent never waits long behind what was taken before it came.
   */
  public int permits(int wanted) {
    int soon = Math.min(wanted, callsInReach());
    int allowed = limits.limited() ? Math.min(soon, rate.available()) : soon;
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> pauseIsOver() ? Math.min(allowed, limits.breakerTrials()) : 0;
      case HALF_OPEN -> Math.min(allowed, limits.breakerTrials());
      default -> allowed;
    };
  }

  private int callsInReach() {
    return callsWithin(REACH_MILLIS, meter.usualMillis());
  }

  /**
   * How many calls may be announced as begun before the first of them is answered: as many as run
   * at once, and of a provider that answers at once as many as are over in a moment, so that
   * announcing costs nothing there. Of a provider not yet known only what runs at once.
   */
  public int begun() {
    double usual = meter.usualMillis();
    return usual == 0 ? limits.concurrency() : callsWithin(BEGUN_MILLIS, usual);
  }

  private int callsWithin(double span, double usual) {
    return Math.max(
        limits.concurrency(), (int) (limits.concurrency() * span / Math.max(usual, 0.001)));
  }

  /** Uses up permits for calls that will be made. */
  public void spend(int calls) {
    if (limits.limited() && calls > 0) {
      rate.spend(calls);
    }
  }

  /** Whether the rate alone holds the lane back, so that waiting a moment is enough. */
  public boolean paced() {
    return limits.limited() && breaker.getState() != CircuitBreaker.State.OPEN;
  }

  /** Calls the provider and remembers how it went; null when the breaker forbids the call. */
  public @Nullable ProviderAnswer call(Supplier<ProviderAnswer> provider) {
    if (!breaker.tryAcquirePermission()) {
      return null;
    }
    long start = System.nanoTime();
    inFlight.incrementAndGet();
    try {
      ProviderAnswer answer = provider.get();
      judge(answer, System.nanoTime() - start);
      return answer;
    } catch (Error crash) {
      breaker.releasePermission();
      throw crash;
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private void judge(ProviderAnswer answer, long nanos) {
    String trouble = trouble(answer);
    meter.count(trouble != null, nanos);
    if (trouble == null) {
      breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    } else {
      last = new Trouble(trouble, clock.instant());
      breaker.onError(nanos, TimeUnit.NANOSECONDS, TROUBLE);
    }
  }

  /** A refusal for good is about one message; silence and "later" are about the provider. */
  private static @Nullable String trouble(ProviderAnswer answer) {
    if (answer instanceof ProviderAnswer.Unknown) {
      return "no_answer";
    }
    return answer instanceof ProviderAnswer.Rejected no && no.temporary() ? no.code() : null;
  }

  /** The breaker itself only looks at its watch when it is asked for a call. */
  private boolean pauseIsOver() {
    if (!breaker.tryAcquirePermission()) {
      return false;
    }
    breaker.releasePermission();
    return true;
  }

  public LaneState.Breaker breaker() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> LaneState.Breaker.OPEN;
      case HALF_OPEN -> LaneState.Breaker.TRYING;
      default -> LaneState.Breaker.CLOSED;
    };
  }

  /** Messages a second this node may send now; null without a limit. */
  public @Nullable Double perSecond() {
    return limits.limited() ? rate.perSecond() : null;
  }

  /** How many nodes share the account; 0 while this one announces itself. */
  public int nodes() {
    return limits.limited() ? rate.nodes() : 1;
  }

  public int inFlight() {
    return inFlight.get();
  }

  public int concurrency() {
    return limits.concurrency();
  }

  public long lastMinute() {
    return meter.all();
  }

  public long failuresLastMinute() {
    return meter.failures();
  }

  /** The last failure; null when there was none since the start. */
  public @Nullable Trouble lastTrouble() {
    return last;
  }

  /**
   * A call that came to nothing.
   *
   * @param code the provider's own, or {@code no_answer}
   */
  public record Trouble(String code, Instant at) {}
}
