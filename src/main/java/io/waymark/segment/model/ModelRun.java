package io.waymark.segment.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One computation of a model.
 *
 * @param argument what of the model; empty for all
 * @param status {@code waiting}, {@code running}, {@code done} or {@code failed}
 * @param askedBy username, or {@code system} for the nightly one
 * @param done pieces of work, mostly customers, gone through
 * @param total how many there are; 0 while it is not known
 * @param result what was found or why it failed; null before its end
 */
public record ModelRun(
    long id,
    String model,
    String argument,
    String status,
    String askedBy,
    Instant askedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    long done,
    long total,
    @Nullable String result) {

  /** Whether it waits or is at work. */
  public boolean isOpen() {
    return status.equals("waiting") || status.equals("running");
  }

  /** Whether it came to its end without failure. */
  public boolean isDone() {
    return status.equals("done");
  }

  /** Share gone through, 0 to 100. */
  public int percent() {
    if (isDone()) {
      return 100;
    }
    return total <= 0 ? 0 : (int) Math.min(100, 100 * done / total);
  }
}
