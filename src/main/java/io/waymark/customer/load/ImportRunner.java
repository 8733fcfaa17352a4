package io.waymark.customer.load;

import io.waymark.customer.intake.RejectedRow;
import io.waymark.customer.intake.RejectedRows;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.RowProblem;
import io.waymark.platform.database.Columns;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the pieces of queued files in: a piece, its refused rows, its counts and its removal commit
 * together. Pieces of one file go in order, because the order of events is that of the file; only
 * history, which has no order of arrival, is taken by several workers at once.
 */
@Component
public class ImportRunner {

  private static final Logger log = LoggerFactory.getLogger(ImportRunner.class);

  private final JdbcClient jdbc;
  private final Imports imports;
  private final ImportPieces pieces;
  private final RejectedRows rejected;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final Halving halving;
  private final Clock clock;

  ImportRunner(
      JdbcClient jdbc,
      Imports imports,
      ImportPieces pieces,
      RejectedRows rejected,
      EvidenceLog evidence,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.imports = imports;
    this.pieces = pieces;
    this.rejected = rejected;
    this.evidence = evidence;
    this.transaction = new TransactionTemplate(transactions);
    this.halving = new Halving(transactions);
    this.clock = clock;
  }

  /**
   * Takes one piece in.
   *
   * @return false when there is none that nobody works on
   */
  public boolean runNext() {
    for (long id : open()) {
      if (runNext(id)) {
        return true;
      }
    }
    return false;
  }

  private List<Long> open() {
    return jdbc.sql("select id from import_job where status in ('queued', 'running') order by id")
        .query(Long.class)
        .list();
  }

  private boolean runNext(long id) {
    try {
      return Boolean.TRUE.equals(transaction.execute(status -> piece(id)));
    } catch (DataIntegrityViolationException | IllegalStateException broken) {
      log.error("Import {} cannot go on", id, broken);
      imports.giveUp(id, "处理时出错，已停止；已导入的行保留。请把导入编号告诉运营人员。");
      return true;
    }
  }

  private boolean piece(long id) {
    ImportJob job = lock(id).orElse(null);
    if (job == null) {
      return false;
    }
    Optional<ImportPieces.Piece> piece = pieces.lockFirst(id);
    if (piece.isEmpty()) {
      return !pieces.anyLeft(id) && finish(job);
    }
    RowTaker taker = imports.taker(job.kind());
    List<FileRow> rows = rows(job, piece.get());
    List<FileRow> readable = rows.stream().filter(row -> row.problem() == null).toList();
    List<RowProblem> problems = new ArrayList<>();
    for (FileRow row : rows) {
      if (row.problem() != null) {
        problems.add(row.problem());
      }
    }
    taker.prepare(job, readable);
    Taken taken =
        halving.take(readable, some -> taker.take(job, some)).plus(new Taken(0, 0, problems));
    keep(job, piece.get(), rows, taken);
    pieces.remove(id, piece.get().number());
    progress(job, rows.size(), taken);
    return true;
  }

  /** The job of a file that goes in order is locked with its piece; that of a history is not. */
  private Optional<ImportJob> lock(long id) {
    Optional<ImportJob> job = imports.find(id);
    if (job.isEmpty() || job.get().historical()) {
      return job;
    }
    return jdbc.sql(
            """
            select * from import_job where id = ? and status in ('queued', 'running')
               for update skip locked
            """)
        .param(id)
        .query(Imports::read)
        .optional();
  }

  private List<FileRow> rows(ImportJob job, ImportPieces.Piece piece) {
    List<String> header = header(job);
    List<FileRow> rows = new ArrayList<>(piece.records().size());
    for (int i = 0; i < piece.records().size(); i++) {
      String record = piece.records().get(i);
      rows.add(
          job.format() == ImportFormat.CSV
              ? FileRow.csv(i + 1, record, header)
              : FileRow.json(i + 1, record));
    }
    return rows;
  }

  private List<String> header(ImportJob job) {
    return job.format() == ImportFormat.NDJSON
        ? List.of()
        : CsvLine.of(
                jdbc.sql("select header from import_job where id = ?")
                    .param(job.id())
                    .query(String.class)
                    .single())
            .fields();
  }

  private void keep(ImportJob job, ImportPieces.Piece piece, List<FileRow> rows, Taken taken) {
    Instant now = clock.instant();
    rejected.keep(
        taken.problems().stream()
            .map(
                one ->
                    new RejectedRow(
                        now,
                        "file",
                        job.source(),
                        job.kind().code(),
                        job.id(),
                        piece.firstRow() + one.position() - 1,
                        one.field(),
                        one.code(),
                        one.message(),
                        RejectedRow.masked(rows.get(one.position() - 1).text(one.field()))))
            .toList());
  }

  private void progress(ImportJob job, int rows, Taken taken) {
    jdbc.sql(
            """
            update import_job
               set status = case when status = 'queued' then 'running' else status end,
                   started_at = coalesce(started_at, :now),
                   rows_done = rows_done + :rows, accepted = accepted + :accepted,
                   duplicates = duplicates + :duplicates, refused = refused + :refused
             where id = :id
            """)
        .param("now", Columns.timestamp(clock.instant()))
        .param("rows", rows)
        .param("accepted", taken.accepted())
        .param("duplicates", taken.duplicates())
        .param("refused", taken.problems().size())
        .param("id", job.id())
        .update();
  }

  private boolean finish(ImportJob job) {
    Instant now = clock.instant();
    int finished =
        jdbc.sql(
                """
                update import_job set status = 'done', finished_at = ?
                 where id = ? and status in ('queued', 'running')
                """)
            .params(Columns.timestamp(now), job.id())
            .update();
    if (finished == 1) {
      evidence.append(
          new EvidenceEntry(
              EvidenceKind.IMPORT_FINISHED,
              "import:" + job.id(),
              null,
              null,
              job.author(),
              Map.of(
                  "status",
                  "done",
                  "accepted",
                  job.accepted(),
                  "duplicates",
                  job.duplicates(),
                  "refused",
                  job.refused())));
    }
    return finished == 1;
  }
}
