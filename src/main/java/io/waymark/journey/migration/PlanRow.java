package io.waymark.journey.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.journey.OverdueChoice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a plan lies in its row, and the hash an approval is bound to. */
@Component
class PlanRow {

  static final String SELECT =
      """
      select id, journey_key, from_version_id, to_version_id, map::text as map, timers, overdue,
             spread_minutes, wave_size, pause_seconds, starts_at, reason, hash, status, author,
             created_at, submitted_at, decided_by, decided_at, started_at, next_at, wave_left,
             moved, stopped_by, finished_at
        from migration_plan
      """;

  private final ObjectMapper json;

  PlanRow(ObjectMapper json) {
    this.json = json;
  }

  Map<String, @Nullable Object> columns(MigrationSettings settings, long from, long to) {
    Map<String, @Nullable Object> columns = new TreeMap<>();
    columns.put("map", write(settings.map()));
    columns.put("timers", settings.timers().code());
    columns.put("overdue", settings.overdue().code());
    columns.put("spread", settings.spreadMinutes());
    columns.put("wave", settings.waveSize());
    columns.put("pause", settings.pauseSeconds());
    columns.put("starts", settings.startsAt() == null ? null : at(settings.startsAt()));
    columns.put("reason", settings.reason());
    columns.put("hash", hash(settings, from, to));
    return columns;
  }

  private String hash(MigrationSettings settings, long from, long to) {
    String all =
        String.join(
            "\n",
            Long.toString(from),
            Long.toString(to),
            write(settings.map()),
            settings.timers().code(),
            settings.overdue().code(),
            String.valueOf(settings.spreadMinutes()),
            Integer.toString(settings.waveSize()),
            Integer.toString(settings.pauseSeconds()),
            String.valueOf(settings.startsAt()),
            settings.reason());
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  MigrationPlan read(ResultSet row, int index) throws SQLException {
    return new MigrationPlan(
        row.getLong("id"),
        row.getString("journey_key"),
        row.getLong("from_version_id"),
        row.getLong("to_version_id"),
        new MigrationSettings(
            map(row.getString("map")),
            TimerChoice.of(row.getString("timers")),
            OverdueChoice.of(row.getString("overdue")),
            row.getObject("spread_minutes", Integer.class),
            row.getInt("wave_size"),
            row.getInt("pause_seconds"),
            instant(row, "starts_at"),
            row.getString("reason")),
        row.getString("hash"),
        MigrationStatus.of(row.getString("status")),
        row.getString("author"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "submitted_at"),
        row.getString("decided_by"),
        instant(row, "decided_at"),
        instant(row, "started_at"),
        instant(row, "next_at"),
        row.getInt("wave_left"),
        row.getLong("moved"),
        row.getString("stopped_by"),
        instant(row, "finished_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  static OffsetDateTime at(Instant moment) {
    return OffsetDateTime.ofInstant(moment, ZoneId.of("Asia/Shanghai"));
  }

  private String write(Map<String, String> map) {
    try {
      return json.writeValueAsString(map);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Map<String, String> map(String map) {
    try {
      return json.readValue(map, new TypeReference<TreeMap<String, String>>() {});
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
