package io.waymark.platform.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.stereotype.Component;

/** Writes many rows by {@code COPY}, in the caller's transaction. */
@Component
public class CopyRows {

  private static final int BUFFER = 1 << 16;
  private static final SQLExceptionTranslator STATES = new SQLStateSQLExceptionTranslator();

  private final DataSource source;

  CopyRows(DataSource source) {
    this.source = source;
  }

  /** One row as {@code COPY} reads it; columns in the order of the target. */
  public static final class Line {

    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    private void next() {
      if (!first) {
        text.append('\t');
      }
      first = false;
    }

    /** A text, a time or JSON; null for none. */
    public Line text(@Nullable String value) {
      next();
      if (value == null) {
        text.append("\\N");
        return this;
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '\t' -> text.append("\\t");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          default -> text.append(c);
        }
      }
      return this;
    }

    /** A whole number. */
    public Line number(long value) {
      next();
      text.append(value);
      return this;
    }

    private byte[] take() {
      byte[] bytes = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
      text.setLength(0);
      first = true;
      return bytes;
    }
  }

  /**
   * Copies rows.
   *
   * @param target table with its columns, never anything a user wrote
   * @return rows written
   */
  public <T> long into(String target, Collection<T> rows, BiConsumer<T, Line> write) {
    Connection connection = DataSourceUtils.getConnection(source);
    try {
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy " + target + " from stdin");
      return send(copy, rows, write);
    } catch (SQLException e) {
      throw translate(target, e);
    } finally {
      DataSourceUtils.releaseConnection(connection, source);
    }
  }

  private static DataAccessException translate(String target, SQLException e) {
    DataAccessException known = STATES.translate("copy", target, e);
    return known == null ? new UncategorizedSQLException("copy", target, e) : known;
  }

  private static <T> long send(CopyIn copy, Collection<T> rows, BiConsumer<T, Line> write)
      throws SQLException {
    try {
      Line line = new Line();
      byte[] buffer = new byte[BUFFER];
      int filled = 0;
      for (T row : rows) {
        write.accept(row, line);
        byte[] bytes = line.take();
        if (filled + bytes.length > buffer.length) {
          copy.writeToCopy(buffer, 0, filled);
          filled = 0;
        }
        if (bytes.length > buffer.length) {
          copy.writeToCopy(bytes, 0, bytes.length);
        } else {
          System.arraycopy(bytes, 0, buffer, filled, bytes.length);
          filled += bytes.length;
        }
      }
      copy.writeToCopy(buffer, 0, filled);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
