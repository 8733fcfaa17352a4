package io.waymark.journey.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The rehearsals of audiences and their results, kept for half a year. Owns {@code rehearsal}. */
@Component
public class Rehearsals {

  /** Beyond this a day's result would say little of the next. */
  private static final int MOST_DAYS = 90;

  private static final int MOST_CUSTOMERS = 20_000;
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final Duration KEPT = Duration.ofDays(180);

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final JourneyVersions versions;
  private final Clock clock;

  Rehearsals(JdbcClient jdbc, ObjectMapper json, JourneyVersions versions, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.versions = versions;
    this.clock = clock;
  }

  /**
   * Writes down that a rehearsal begins; {@link RehearsalRunner} plays it.
   *
   * @throws RehearsalRefusedException when the wish cannot be played
   */
  long begin(RehearsalWish wish, BranchScope scope, String actor) {
    String key = journey(wish.versionIds());
    if (wish.days() < 1 || wish.days() > MOST_DAYS) {
      throw new RehearsalRefusedException("预演天数须在 1 到 %d 之间。".formatted(MOST_DAYS));
    }
    if (wish.most() < 1 || wish.most() > MOST_CUSTOMERS) {
      throw new RehearsalRefusedException("最多客户数须在 1 到 %d 之间。".formatted(MOST_CUSTOMERS));
    }
    return jdbc.sql(
            """
            insert into rehearsal (journey_key, version_ids, audience, branches, days, most,
                                   assumptions, status, started_by, started_at, beat_at)
            values (:key, :versions, :audience, :branches, :days, :most, :assumptions::jsonb,
                    'running', :actor, :now, :now)
            returning id
            """)
        .param("key", key)
        .param("versions", wish.versionIds().toArray(Long[]::new))
        .param("audience", wish.audience())
        .param("branches", scope.all() ? null : scope.asArray(), java.sql.Types.ARRAY)
        .param("days", wish.days())
        .param("most", wish.most())
        .param("assumptions", write(wish.assumptions()))
        .param("actor", actor)
        .param("now", Timestamp.from(clock.instant()))
        .query(Long.class)
        .single();
  }

  private String journey(List<Long> ids) {
    List<String> keys =
        ids.stream()
            .map(id -> versions.find(id).map(JourneyVersion::key))
            .flatMap(Optional::stream)
            .toList();
    if (keys.isEmpty() || keys.size() != ids.size()) {
      throw new RehearsalRefusedException("请选择要预演的旅程版本。");
    }
    if (keys.stream().distinct().count() != 1) {
      throw new RehearsalRefusedException("只能比较同一个旅程的两个版本。");
    }
    return keys.get(0);
  }

  void cast(long id, long population, long played) {
    jdbc.sql("update rehearsal set population = ?, played = ? where id = ?")
        .params(population, played, id)
        .update();
  }

  /** Tells how far it is; answers whether somebody wants it to end. */
  boolean beat(long id, double progress) {
    return jdbc.sql(
            "update rehearsal set progress = ?, beat_at = ? where id = ? returning cancel or status"
                + " <> 'running'")
        .params(progress, Timestamp.from(clock.instant()), id)
        .query(Boolean.class)
        .single();
  }

  void stillThere(List<Long> ids) {
    jdbc.sql("update rehearsal set beat_at = ? where id = any(?) and status = 'running'")
        .params(Timestamp.from(clock.instant()), ids.toArray(Long[]::new))
        .update();
  }

  void done(long id, List<Figures> figures) {
    jdbc.sql(
            """
            update rehearsal set status = 'done', progress = 1, figures = ?::jsonb, ended_at = ?
             where id = ? and status = 'running'
            """)
        .params(write(figures), Timestamp.from(clock.instant()), id)
        .update();
  }

  void ended(long id, String reason) {
    jdbc.sql(
            """
            update rehearsal
               set status = case when cancel then 'cancelled' else 'failed' end, reason = ?,
                   ended_at = ?
             where id = ? and status = 'running'
            """)
        .params(reason, Timestamp.from(clock.instant()), id)
        .update();
  }

  /**
   * Ends a running rehearsal soon.
   *
   * @return false when it is not running, or not within the scope
   */
  public boolean cancel(long id, BranchScope scope) {
    return jdbc.sql(
                "update rehearsal set cancel = true where id = :id and status = 'running' and "
                    + within(scope))
            .param("id", id)
            .param("branches", scope.asArray())
            .update()
        == 1;
  }

  /** The rehearsal with this id, when all its branches are within the scope. */
  public Optional<Rehearsal> find(long id, BranchScope scope) {
    return jdbc.sql("select * from rehearsal where id = :id and " + within(scope))
        .param("id", id)
        .param("branches", scope.asArray())
        .query(this::read)
        .optional();
  }

  /** Rehearsals whose branches are within the scope, newest first. */
  public List<Rehearsal> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            "select * from rehearsal where "
                + within(scope)
                + " order by id desc offset :offset limit :limit")
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(this::read)
        .list();
  }

  private static String within(BranchScope scope) {
    return scope.all()
        ? "cardinality(:branches::text[]) >= 0"
        : "(branches is not null and branches <@ :branches::text[])";
  }

  /** Ends what a node that is gone was playing; nothing of it is left but this row. */
  @Scheduled(fixedDelay = 60_000)
  public void endAbandoned() {
    jdbc.sql(
            """
            update rehearsal set status = 'failed', reason = ?, ended_at = ?
             where status = 'running' and beat_at < ?
            """)
        .params(
            "预演所在的节点已停止，请重新开始。",
            Timestamp.from(clock.instant()),
            Timestamp.from(clock.instant().minus(SILENCE)))
        .update();
  }

  @Scheduled(cron = "0 50 3 * * *", zone = "Asia/Shanghai")
  void forgetOld() {
    jdbc.sql("delete from rehearsal where started_at < ?")
        .param(Timestamp.from(clock.instant().minus(KEPT)))
        .update();
  }

  private Rehearsal read(ResultSet row, int number) throws SQLException {
    String figures = row.getString("figures");
    return new Rehearsal(
        row.getLong("id"),
        row.getString("journey_key"),
        List.of((Long[]) row.getArray("version_ids").getArray()),
        row.getString("audience"),
        row.getInt("days"),
        row.getInt("most"),
        read(row.getString("assumptions"), new TypeReference<Assumptions>() {}),
        row.getString("status"),
        row.getString("reason"),
        row.getString("started_by"),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("ended_at") == null ? null : row.getTimestamp("ended_at").toInstant(),
        row.getDouble("progress"),
        row.getObject("population", Long.class),
        row.getObject("played", Long.class),
        figures == null ? List.of() : read(figures, new TypeReference<List<Figures>>() {}));
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private <T> T read(@Nullable String value, TypeReference<T> type) {
    try {
      return json.readValue(value, type);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
