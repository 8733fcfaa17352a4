package io.waymark.compliance.recall;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recall and how far it has come.
 *
 * @param withheld waiting messages that were withheld because of it
 * @param takenDown messages taken down from the App
 * @param held customers whose journey was held
 * @param stoppedAt when the last waiting message was withheld; null while that goes on
 * @param reached messages that had left before
 * @param listedAt when the list of those reached was complete; null while it grows
 * @param liftProposedBy who wants it lifted; null when nobody does
 * @param liftedBy the second person; null while the recall stands
 */
public record Recall(
    long id,
    RecallTarget target,
    String reason,
    String startedBy,
    Instant startedAt,
    long withheld,
    long takenDown,
    long held,
    @Nullable Instant stoppedAt,
    long reached,
    @Nullable Instant listedAt,
    @Nullable String liftReason,
    @Nullable String liftProposedBy,
    @Nullable Instant liftProposedAt,
    @Nullable String liftedBy,
    @Nullable Instant liftedAt) {

  /** Whether it holds things back now. */
  public boolean standing() {
    return liftedAt == null;
  }

  /** Whether messages are still being withheld or those reached still being listed. */
  public boolean working() {
    return stoppedAt == null || listedAt == null;
  }
}
