package io.waymark.customer.load;

import io.waymark.customer.intake.IntakeKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way in.
 *
 * @param bytes size of what was uploaded
 * @param rows rows of the file, header not counted
 * @param rowsDone rows taken in, known already, or refused
 * @param refused rows refused; each is named in the list of the import
 * @param message why it failed, a Chinese sentence; null unless it did
 */
public record ImportJob(
    long id,
    IntakeKind kind,
    ImportFormat format,
    String source,
    boolean historical,
    boolean declareTags,
    String fileName,
    ImportStatus status,
    long bytes,
    long rows,
    long rowsDone,
    long accepted,
    long duplicates,
    long refused,
    @Nullable String message,
    String author,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Whether rows are still to come. */
  public boolean isOpen() {
    return status == ImportStatus.UPLOADING
        || status == ImportStatus.QUEUED
        || status == ImportStatus.RUNNING;
  }
}
