package io.waymark.journey.publication;

import io.waymark.journey.OverdueChoice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns {@code journey_hold}: at most one stands over a journey. */
@Component
class Holds {

  private final JdbcClient jdbc;
  private final Clock clock;

  Holds(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<Hold> standing(String journeyKey) {
    return jdbc.sql("select * from journey_hold where journey_key = ? and released_at is null")
        .param(journeyKey)
        .query(Holds::read)
        .optional();
  }

  /** Those whose end somebody wants. */
  List<Hold> ending() {
    return jdbc.sql(
            """
            select * from journey_hold
             where released_at is null and wanted_at is not null order by id
            """)
        .query(Holds::read)
        .list();
  }

  void begin(String journeyKey, Meanwhile meanwhile, String reason, long held, String by) {
    jdbc.sql(
            """
            insert into journey_hold
              (journey_key, held_by, held_at, reason, choice, spread_hours, held)
            values (:journey, :by, :now, :reason, :choice, :hours, :held)
            """)
        .param("journey", journeyKey)
        .param("by", by)
        .param("now", now())
        .param("reason", reason)
        .param("choice", meanwhile.choice().code())
        .param("hours", meanwhile.spreadHours())
        .param("held", held)
        .update();
  }

  void want(String journeyKey, Meanwhile meanwhile, String by) {
    jdbc.sql(
            """
            update journey_hold
               set choice = :choice, spread_hours = :hours, wanted_by = :by, wanted_at = :now
             where journey_key = :journey and released_at is null
            """)
        .param("choice", meanwhile.choice().code())
        .param("hours", meanwhile.spreadHours())
        .param("by", by)
        .param("now", now())
        .param("journey", journeyKey)
        .update();
  }

  boolean released(Hold hold) {
    return jdbc.sql(
                """
                update journey_hold set released_by = wanted_by, released_at = :now
                 where id = :id and released_at is null
                """)
            .param("now", now())
            .param("id", hold.id())
            .update()
        == 1;
  }

  private static Hold read(ResultSet row, int index) throws SQLException {
    return new Hold(
        row.getLong("id"),
        row.getString("journey_key"),
        row.getString("held_by"),
        row.getObject("held_at", OffsetDateTime.class).toInstant(),
        row.getString("reason"),
        OverdueChoice.of(row.getString("choice")),
        row.getObject("spread_hours", Integer.class),
        row.getLong("held"),
        row.getString("wanted_by"),
        instant(row, "wanted_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
