package io.waymark.engine.watch;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is asked for again only when the last answer is ten seconds old. */
final class Remembered<T> implements Supplier<T> {

  private static final long FRESH = Duration.ofSeconds(10).toNanos();

  private final Supplier<T> source;
  private @Nullable T last;
  private long at;

  Remembered(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public synchronized T get() {
    T known = last;
    if (known == null || System.nanoTime() - at > FRESH) {
      known = source.get();
      last = known;
      at = System.nanoTime();
    }
    return known;
  }
}
