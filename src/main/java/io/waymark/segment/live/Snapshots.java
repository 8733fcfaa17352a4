package io.waymark.segment.live;

import io.waymark.segment.Audience;
import io.waymark.segment.AudienceMember;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.Resolving;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The members of an audience frozen for one run, so that a run that died half-way goes on with the
 * same customers. Owns {@code audience_snapshot} and {@code audience_snapshot_member}.
 */
@Component
public class Snapshots {

  /** How long a snapshot is kept. */
  public static final Duration KEPT = Duration.ofDays(90);

  private final JdbcClient jdbc;
  private final Audiences audiences;
  private final AudienceQuestions questions;

  Snapshots(JdbcClient jdbc, Audiences audiences, AudienceQuestions questions) {
    this.jdbc = jdbc;
    this.audiences = audiences;
    this.questions = questions;
  }

  /**
   * A snapshot.
   *
   * @param name what it was taken for
   * @param revision of the audience's rule at that time
   */
  public record Snapshot(
      String name, String audience, int revision, Instant takenAt, long members) {}

  /**
   * Freezes the members, all of them or none; the one taken under this name before is answered
   * unchanged.
   *
   * @throws AudienceRefusedException when there is no such audience
   */
  @Transactional
  public Snapshot take(String name, String code, Instant now) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('waymark.snapshot'), hashtext(?))")
        .param(name)
        .query((row, number) -> "")
        .single();
    Optional<Snapshot> before = find(name);
    if (before.isPresent()) {
      return before.get();
    }
    Audience audience =
        audiences
            .find(code)
            .orElseThrow(() -> new AudienceRefusedException("没有代码为“" + code + "”的人群,请检查代码或先建立它。"));
    Timestamp at = Timestamp.from(now);
    Resolving resolving = audiences.resolving(code);
    Sql freezing =
        Sql.sql(
                """
                insert into audience_snapshot_member (name, taken_at, customer_id, branch)
                select ?, ?, c.id, c.branch from customer c where\s""",
                name,
                at)
            .with(new RuleSql(questions.moment(now), resolving).selecting(resolving.rule()));
    int members = jdbc.sql(freezing.text()).params(freezing.values()).update();
    jdbc.sql(
            """
            insert into audience_snapshot (name, audience, revision, taken_at, members)
            values (?, ?, ?, ?, ?)
            """)
        .params(name, code, audience.revision(), at, members)
        .update();
    return new Snapshot(name, code, audience.revision(), now, members);
  }

  /** The snapshot of this name. */
  public Optional<Snapshot> find(String name) {
    return jdbc.sql(
            """
            select name, audience, revision, taken_at, members
              from audience_snapshot where name = ?
            """)
        .param(name)
        .query(
            (row, number) ->
                new Snapshot(
                    row.getString("name"),
                    row.getString("audience"),
                    row.getInt("revision"),
                    row.getTimestamp("taken_at").toInstant(),
                    row.getLong("members")))
        .optional();
  }

  /** Members after a customer, by customer. */
  public List<AudienceMember> page(Snapshot snapshot, long afterCustomer, int limit) {
    return jdbc.sql(
            """
            select customer_id, branch from audience_snapshot_member
             where name = ? and taken_at = ? and customer_id > ? order by customer_id limit ?
            """)
        .params(snapshot.name(), Timestamp.from(snapshot.takenAt()), afterCustomer, limit)
        .query(AudienceMember.class)
        .list();
  }

  /** Removes what is older than {@link #KEPT}. */
  @Transactional
  public int purge(Instant now) {
    Timestamp end = Timestamp.from(now.minus(KEPT));
    jdbc.sql("delete from audience_snapshot_member where taken_at < ?").param(end).update();
    return jdbc.sql("delete from audience_snapshot where taken_at < ?").param(end).update();
  }
}
