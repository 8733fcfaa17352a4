package io.waymark.customer.load;

import io.waymark.customer.intake.IntakeKind;
import java.util.List;
import java.util.Optional;

/** Takes rows of one kind in; each row either counts or is named. */
interface RowTaker {

  IntakeKind kind();

  /** Rows in one piece of a file, and so in one transaction. */
  int pieceRows();

  /** Why a file with this header is of no use, as a Chinese sentence. */
  Optional<String> refusal(List<String> header);

  /** What must be done before the transaction begins. */
  default void prepare(ImportJob job, List<FileRow> rows) {}

  /** Takes readable rows in, in the caller's transaction. */
  Taken take(ImportJob job, List<FileRow> rows);
}
