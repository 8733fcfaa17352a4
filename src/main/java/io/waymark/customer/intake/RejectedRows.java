package io.waymark.customer.intake;

import io.waymark.platform.BatchReport;
import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refused rows of every door, kept so that whoever sent them can mend and send them again. */
@Component
public class RejectedRows {

  private final JdbcClient jdbc;
  private final Clock clock;

  RejectedRows(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Keeps the problems of a batch that came by the API; without samples, for it is not read here.
   */
  public void keep(String source, IntakeKind kind, BatchReport report) {
    Instant now = clock.instant();
    keep(
        report.problems().stream()
            .map(
                one ->
                    new RejectedRow(
                        now,
                        "api",
                        source,
                        kind.code(),
                        null,
                        one.position(),
                        one.field(),
                        one.code(),
                        one.message(),
                        null))
            .toList());
  }

  /** Keeps refused rows, in the caller's transaction; one statement. */
  public void keep(List<RejectedRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into rejected_row
                   (at, door, source, kind, import_id, position, field, code, message, sample)
            select * from unnest(?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                                 ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
            """)
        .params(
            Columns.instants(rows, RejectedRow::at),
            Columns.texts(rows, RejectedRow::door),
            Columns.texts(rows, RejectedRow::source),
            Columns.texts(rows, RejectedRow::kind),
            Columns.longs(rows, RejectedRow::importId),
            Columns.longs(rows, RejectedRow::position),
            Columns.texts(rows, row -> storable(row.field())),
            Columns.texts(rows, RejectedRow::code),
            Columns.texts(rows, row -> storable(row.message())),
            Columns.texts(rows, row -> row.sample() == null ? null : storable(row.sample())))
        .update();
  }

  /** The rows of one file that were refused, in order of the file. */
  public List<RejectedRow> ofImport(long importId, int offset, int limit) {
    return jdbc.sql(
            """
            select * from rejected_row where import_id = ?
             order by position, field offset ? limit ?
            """)
        .params(importId, offset, limit)
        .query(RejectedRows::read)
        .list();
  }

  /**
   * Refused rows of all doors, latest first.
   *
   * @param source only this one; null for all
   */
  public List<RejectedRow> since(Instant from, @Nullable String source, int offset, int limit) {
    return jdbc.sql(
            """
            select * from rejected_row
             where at >= :from and (:source::text is null or source = :source)
             order by at desc, position offset :offset limit :limit
            """)
        .param("from", Columns.timestamp(from))
        .param("source", source)
        .param("offset", offset)
        .param("limit", limit)
        .query(RejectedRows::read)
        .list();
  }

  private static RejectedRow read(ResultSet row, int number) throws SQLException {
    return new RejectedRow(
        Columns.instant(row, "at"),
        row.getString("door"),
        row.getString("source"),
        row.getString("kind"),
        row.getObject("import_id", Long.class),
        row.getLong("position"),
        row.getString("field"),
        row.getString("code"),
        row.getString("message"),
        row.getString("sample"));
  }

  /** PostgreSQL cannot keep the character NUL, and a broken row may hold anything. */
  private static String storable(String text) {
    String clean = text.replace('\0', '?');
    return clean.length() <= 200 ? clean : clean.substring(0, 200);
  }
}
