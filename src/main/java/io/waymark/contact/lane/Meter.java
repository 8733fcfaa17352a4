package io.waymark.contact.lane;

import java.util.Arrays;

/** Counts of the last sixty seconds, and how long a call usually takes. */
final class Meter {

  private static final int SECONDS = 60;

  /** Weight of the newest call. */
  private static final double NEWEST = 0.1;

  private double usualMillis;
  private final long[] second = new long[SECONDS];
  private final long[] calls = new long[SECONDS];
  private final long[] failed = new long[SECONDS];

  Meter() {
    Arrays.fill(second, Long.MIN_VALUE);
  }

  synchronized void count(boolean failure, long nanos) {
    usualMillis += (nanos / 1e6 - usualMillis) * NEWEST;
    long now = now();
    int place = (int) Math.floorMod(now, (long) SECONDS);
    if (second[place] != now) {
      second[place] = now;
      calls[place] = 0;
      failed[place] = 0;
    }
    calls[place]++;
    failed[place] += failure ? 1 : 0;
  }

  /** 0 before the first call. */
  synchronized double usualMillis() {
    return usualMillis;
  }

  synchronized long all() {
    return sum(calls);
  }

  synchronized long failures() {
    return sum(failed);
  }

  private long sum(long[] counted) {
    long now = now();
    long sum = 0;
    for (int place = 0; place < SECONDS; place++) {
      sum += second[place] > now - SECONDS ? counted[place] : 0;
    }
    return sum;
  }

  private static long now() {
    return System.nanoTime() / 1_000_000_000L;
  }
}
