package io.waymark.platform.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into array parameters, one per column, so that a batch is one statement. */
public final class Columns {

  private Columns() {}

  public static <T> String[] texts(Collection<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  public static <T> Long[] longs(Collection<T> rows, Function<T, @Nullable Long> value) {
    return rows.stream().map(value).toArray(Long[]::new);
  }

  public static Long[] longs(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }

  public static <T> byte[][] bytes(Collection<T> rows, Function<T, byte[]> value) {
    return rows.stream().map(value).toArray(byte[][]::new);
  }

  /** As ISO text with its zone: the driver writes arrays of timestamps without one. */
  public static <T> String[] instants(Collection<T> rows, Function<T, @Nullable Instant> value) {
    return rows.stream()
        .map(
            row -> {
              Instant at = value.apply(row);
              return at == null ? null : at.toString();
            })
        .toArray(String[]::new);
  }

  public static Timestamp timestamp(Instant at) {
    return Timestamp.from(at);
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}
