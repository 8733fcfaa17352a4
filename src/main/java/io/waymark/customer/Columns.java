package io.waymark.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into array parameters, one per column, so that a batch is one statement. */
final class Columns {

  private Columns() {}

  static <T> String[] texts(Collection<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  static <T> Long[] longs(Collection<T> rows, Function<T, @Nullable Long> value) {
    return rows.stream().map(value).toArray(Long[]::new);
  }

  static Long[] longs(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }

  static <T> byte[][] bytes(Collection<T> rows, Function<T, byte[]> value) {
    return rows.stream().map(value).toArray(byte[][]::new);
  }

  /** As ISO text with its zone: the driver writes arrays of timestamps without one. */
  static <T> String[] instants(Collection<T> rows, Function<T, @Nullable Instant> value) {
    return rows.stream()
        .map(
            row -> {
              Instant at = value.apply(row);
              return at == null ? null : at.toString();
            })
        .toArray(String[]::new);
  }

  static Timestamp timestamp(Instant at) {
    return Timestamp.from(at);
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}
