package io.waymark.customer.load;

import io.waymark.customer.intake.IntakeKind;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files on their way in. An upload is cut into sealed pieces that any node takes in, one
 * transaction a piece; whatever is killed, the next node goes on with the first piece that is left.
 * A file may be of any size: one piece is in memory. Files belong to the whole house, so only
 * people and keys that see every branch may send them; the callers check that.
 */
@Component
public class Imports {

  private final JdbcClient jdbc;
  private final ImportPieces pieces;
  private final List<RowTaker> takers;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Imports(
      JdbcClient jdbc,
      ImportPieces pieces,
      List<RowTaker> takers,
      EvidenceLog evidence,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.pieces = pieces;
    this.takers = takers;
    this.evidence = evidence;
    this.transaction = transaction;
    this.clock = clock;
  }

  RowTaker taker(IntakeKind kind) {
    return takers.stream()
        .filter(taker -> taker.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new ImportRefusedException("kind", "只能导入 customers、tags 或 events。"));
  }

  /**
   * Reads a file to its end and queues it; rows are taken in afterwards. Not in one transaction: an
   * upload that breaks off leaves a failed import that takes nothing in.
   *
   * @return the import's id
   * @throws ImportRefusedException when the file cannot be begun: no rows, a header that lacks
   *     columns, a request that contradicts itself
   * @throws IOException when the file breaks off
   */
  public long upload(ImportRequest request, InputStream file, String actor) throws IOException {
    RowTaker taker = taker(request.kind());
    check(request);
    FileRecords records = new FileRecords(file, request.format(), 0);
    String header = request.format() == ImportFormat.CSV ? header(records, taker) : null;
    long id = create(request, header, actor);
    try {
      long rows = pieces.cut(id, records, taker.pieceRows());
      if (rows == 0) {
        throw new ImportRefusedException("file", "文件里没有数据行，请检查后重新上传。");
      }
      transaction.executeWithoutResult(status -> queue(id, rows, records.bytes(), request, actor));
      return id;
    } catch (IOException | RuntimeException broken) {
      giveUp(id, "上传没有完成，请重新上传。");
      throw broken;
    }
  }

  private static void check(ImportRequest request) {
    if (request.source().isBlank() || request.source().length() > 100) {
      throw new ImportRefusedException("source", "请填写来源系统的名称，最多 100 个字符。");
    }
    if (request.historical() && request.kind() != IntakeKind.EVENTS) {
      throw new ImportRefusedException("historical", "只有事件可以作为历史数据导入。");
    }
    if (request.declareTags() && request.kind() == IntakeKind.EVENTS) {
      throw new ImportRefusedException("declareTags", "事件文件没有标签，请不要选择自动登记标签。");
    }
  }

  private static String header(FileRecords records, RowTaker taker) throws IOException {
    String header = records.next();
    List<String> columns = header == null ? List.of() : CsvLine.of(header).fields();
    if (header == null || columns.isEmpty()) {
      throw new ImportRefusedException("header", "文件是空的，或第一行不是表头，请检查后重新上传。");
    }
    if (columns.stream().distinct().count() < columns.size()
        || columns.stream().anyMatch(String::isBlank)) {
      throw new ImportRefusedException("header", "表头不正确：列名为空或重复，请更正第一行。");
    }
    taker
        .refusal(columns)
        .ifPresent(
            why -> {
              throw new ImportRefusedException("header", why);
            });
    return header;
  }

  private long create(ImportRequest request, @Nullable String header, String actor) {
    return jdbc.sql(
            """
            insert into import_job
                   (kind, format, source, historical, declare_tags, file_name, header, status,
                    bytes_total, rows_total, rows_done, accepted, duplicates, refused, author,
                    created_at)
            values (?, ?, ?, ?, ?, ?, ?, 'uploading', 0, 0, 0, 0, 0, 0, ?, ?)
            returning id
            """)
        .params(
            request.kind().code(),
            request.format().code(),
            request.source().strip(),
            request.historical(),
            request.declareTags(),
            request.fileName(),
            header,
            actor,
            Columns.timestamp(clock.instant()))
        .query(Long.class)
        .single();
  }

  private void queue(long id, long rows, long bytes, ImportRequest request, String actor) {
    jdbc.sql(
            """
            update import_job set status = 'queued', rows_total = ?, bytes_total = ?
             where id = ? and status = 'uploading'
            """)
        .params(rows, bytes, id)
        .update();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.IMPORT_STARTED,
            "import:" + id,
            null,
            null,
            actor,
            Map.of(
                "kind", request.kind().code(), "rows", rows, "historical", request.historical())));
  }

  void giveUp(long id, String message) {
    jdbc.sql(
            """
            update import_job set status = 'failed', message = ?, finished_at = ?
             where id = ? and status in ('uploading', 'queued', 'running')
            """)
        .params(message, Columns.timestamp(clock.instant()), id)
        .update();
    pieces.discard(id);
  }

  /**
   * Stops an import; what was taken in stays.
   *
   * @return whether it was still open
   */
  @Transactional
  public boolean cancel(long id, String actor) {
    int changed =
        jdbc.sql(
                """
                update import_job set status = 'cancelled', finished_at = ?
                 where id = ? and status in ('uploading', 'queued', 'running')
                """)
            .params(Columns.timestamp(clock.instant()), id)
            .update();
    if (changed == 1) {
      evidence.append(
          new EvidenceEntry(
              EvidenceKind.IMPORT_FINISHED,
              "import:" + id,
              null,
              null,
              actor,
              Map.of("status", "cancelled")));
    }
    return changed == 1;
  }

  /** One import. */
  public Optional<ImportJob> find(long id) {
    return jdbc.sql("select * from import_job where id = ?")
        .param(id)
        .query(Imports::read)
        .optional();
  }

  /** Imports, latest first. */
  public List<ImportJob> page(int offset, int limit) {
    return new ArrayList<>(
        jdbc.sql("select * from import_job order by id desc offset ? limit ?")
            .params(offset, limit)
            .query(Imports::read)
            .list());
  }

  static ImportJob read(ResultSet row, int number) throws SQLException {
    return new ImportJob(
        row.getLong("id"),
        IntakeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        ImportFormat.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
        row.getString("source"),
        row.getBoolean("historical"),
        row.getBoolean("declare_tags"),
        row.getString("file_name"),
        ImportStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getLong("bytes_total"),
        row.getLong("rows_total"),
        row.getLong("rows_done"),
        row.getLong("accepted"),
        row.getLong("duplicates"),
        row.getLong("refused"),
        row.getString("message"),
        row.getString("author"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "started_at"),
        Columns.instantOrNull(row, "finished_at"));
  }
}
