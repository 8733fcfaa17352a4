package io.waymark.compliance.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a draft pack would change, read in the background.
 *
 * @param baseVersion the pack in force it is compared with
 * @param status {@code running}, {@code done}, {@code cancelled} or {@code failed}
 * @param since texts sent from here on are read
 * @param caught findings the draft has and the pack in force has not
 * @param freed the reverse
 * @param stale whether the draft was changed since
 */
public record PackTrial(
    long id,
    String packVersion,
    String baseVersion,
    String requestedBy,
    Instant requestedAt,
    Instant since,
    String status,
    int templatesTotal,
    int messagesTotal,
    int templatesRead,
    int messagesRead,
    int caught,
    int freed,
    boolean stale,
    @Nullable Instant finishedAt) {

  public boolean running() {
    return status.equals("running");
  }
}
