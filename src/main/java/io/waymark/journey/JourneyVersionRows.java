package io.waymark.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** Reads rows of {@code journey_version}; a version without a ramp-up lets everybody in. */
@Component
class JourneyVersionRows implements RowMapper<JourneyVersion> {

  static final String COLUMNS =
      """
      select id, journey_key, version, name, definition_id, deployment_id, hash, settings, status,
             author, created_at, decided_by, decided_at, approval_number, expires_at, go_live_at,
             live_since,
             coalesce((select share from journey_rollout r where r.journey_version_id = id), 10000)
               as share
        from journey_version
      """;

  private final ObjectMapper json;

  JourneyVersionRows(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public JourneyVersion mapRow(ResultSet row, int index) throws SQLException {
    return new JourneyVersion(
        row.getLong("id"),
        row.getString("journey_key"),
        row.getInt("version"),
        row.getString("name"),
        row.getString("definition_id"),
        row.getString("deployment_id"),
        row.getString("hash"),
        read(row.getString("settings")),
        JourneyStatus.of(row.getString("status")),
        row.getString("author"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("decided_by"),
        instant(row, "decided_at"),
        row.getString("approval_number"),
        instant(row, "expires_at"),
        instant(row, "go_live_at"),
        instant(row, "live_since"),
        row.getInt("share"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  String write(JourneySettings settings) {
    try {
      return json.writeValueAsString(settings);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private JourneySettings read(@Nullable String settings) {
    try {
      return json.readValue(settings, JourneySettings.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
