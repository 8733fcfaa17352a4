package io.waymark.contact.lane;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/**
 * This node's part of a rate that all nodes keep together: the account's rate divided by the nodes
 * that are alive. Each node divides by itself; nobody is asked for a permit.
 */
final class SharedRate {

  private static final Duration SMOOTH = Duration.ofMillis(100);

  private final String name;
  private final double perSecond;
  private final SendingNodes sending;
  private int nodes;
  private RateLimiter limiter;

  SharedRate(String name, double perSecond, SendingNodes sending) {
    this.name = name;
    this.perSecond = perSecond;
    this.sending = sending;
    this.limiter = limiter(1);
  }

  /** Permits at hand. */
  synchronized int available() {
    int now = sending.sharing();
    if (now == 0) {
      nodes = 0;
      return 0;
    }
    if (now != nodes) {
      nodes = now;
      limiter = limiter(now);
    }
    return Math.max(0, limiter.getMetrics().getAvailablePermissions());
  }

  synchronized void spend(int calls) {
    limiter.acquirePermission(calls);
  }

  synchronized double perSecond() {
    return nodes == 0 ? 0 : perSecond / nodes;
  }

  synchronized int nodes() {
    return nodes;
  }

  /** Small steps where the rate allows, else one message per longer step. */
  private RateLimiter limiter(int among) {
    double share = perSecond / among;
    double inStep = share * SMOOTH.toMillis() / 1_000;
    boolean smooth = inStep >= 1;
    int limit = smooth ? (int) inStep : 1;
    return RateLimiter.of(
        name,
        RateLimiterConfig.custom()
            .limitForPeriod(limit)
            .limitRefreshPeriod(Duration.ofNanos((long) (limit / share * 1e9)))
            .timeoutDuration(Duration.ZERO)
            .build());
  }
}
