package io.waymark.contact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One column of many rows as one SQL array, so that a batch is one statement. */
final class Column {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> CODES = new TypeReference<>() {};

  private Column() {}

  static <T> @Nullable String[] text(
      Collection<T> rows, Function<T, ? extends @Nullable Object> of) {
    return rows.stream()
        .map(of)
        .map(value -> value == null ? null : value.toString())
        .toArray(String[]::new);
  }

  static <T> Long[] number(Collection<T> rows, Function<T, @Nullable Long> of) {
    return rows.stream().map(of).toArray(Long[]::new);
  }

  static <T> Integer[] integer(Collection<T> rows, Function<T, @Nullable Integer> of) {
    return rows.stream().map(of).toArray(Integer[]::new);
  }

  static <T> byte[][] bytes(Collection<T> rows, Function<T, byte @Nullable []> of) {
    return rows.stream().map(of).toArray(byte[][]::new);
  }

  static <T> @Nullable String[] json(Collection<T> rows, Function<T, Map<String, String>> of) {
    return text(rows, row -> json(of.apply(row)));
  }

  static String[] uuids(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).toArray(String[]::new);
  }

  static Long[] ids(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }

  static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  static String json(Map<String, String> codes) {
    try {
      return JSON.writeValueAsString(codes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("codes are plain text", e);
    }
  }

  static Map<String, String> codes(String json) {
    try {
      return JSON.readValue(json, CODES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored codes are not JSON", e);
    }
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }
}
