package io.waymark.advisor.absence;

import io.waymark.advisor.AdvisorChanged;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who is away when. Owns {@code advisor_absence}; nobody approves an absence of one's own. */
@Component
public class Absences {

  /** That {@code :actor} leads the team of the absent {@code x.username}, and is somebody else. */
  private static final String LEADS =
      """
      x.username <> :actor and exists (
        select 1 from advisor l join staff s on s.username = l.username, advisor p
        where l.username = :actor and l.leader and s.enabled and s.role = 'advisor'
          and p.username = x.username and (l.branch = p.branch or s.all_branches))
      """;

  private static final String COLUMNS =
      "x.id, x.username, x.from_at, x.to_at, x.entered_by, x.approved_by, x.withdrawn_by";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Absences(JdbcClient jdbc, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Enters an absence. One's own waits for a team leader; what a team leader enters for somebody
   * else of the team counts at once.
   *
   * @throws TaskRefusedException when it is already over or the actor may not enter it
   */
  @Transactional
  public Absence enter(String username, AbsenceDays days, String actor) {
    if (!days.end().isAfter(clock.instant())) {
      throw new TaskRefusedException("absence", "请假时间已经过去,请填写将来的日期。");
    }
    Absence entered =
        jdbc.sql(
                """
                with x as (select cast(:username as text) as username)
                insert into advisor_absence as w (username, from_at, to_at, entered_by, entered_at,
                  approved_by, approved_at)
                select x.username, :from, :to, :actor, :now,
                  case when %1$s then :actor end, case when %1$s then :now end
                from x where x.username = :actor or %1$s
                returning w.id, w.username, w.from_at, w.to_at, w.entered_by, w.approved_by,
                  w.withdrawn_by
                """
                    .formatted(LEADS))
            .param("username", username)
            .param("from", at(days.start()))
            .param("to", at(days.end()))
            .param("actor", actor)
            .param("now", at(clock.instant()))
            .query(Absences::read)
            .optional()
            .orElseThrow(() -> new TaskRefusedException("not_leader", "只能为自己或本团队的同事登记请假。"));
    proved(entered, actor, entered.approvedBy() == null ? "absence_entered" : "absence_approved");
    return entered;
  }

  /**
   * A team leader agrees.
   *
   * @throws TaskRefusedException when it is settled already or the actor may not
   */
  @Transactional
  public Absence approve(long id, String actor) {
    Absence approved =
        changed(
            "update advisor_absence x set approved_by = :actor, approved_at = :now"
                + " where x.id = :id and x.approved_by is null and x.withdrawn_by is null and "
                + LEADS,
            id,
            actor,
            "请假须由本团队其他主管批准,且尚未处理;请刷新后重试。");
    proved(approved, actor, "absence_approved");
    return approved;
  }

  /**
   * Takes an absence back, or turns it down: the person or a team leader, until it is over.
   *
   * @throws TaskRefusedException when it is over or withdrawn, or the actor may not
   */
  @Transactional
  public Absence withdraw(long id, String actor) {
    Absence withdrawn =
        changed(
            "update advisor_absence x set withdrawn_by = :actor, withdrawn_at = :now"
                + " where x.id = :id and x.withdrawn_by is null and x.to_at > :now"
                + " and (x.username = :actor or "
                + LEADS
                + ")",
            id,
            actor,
            "只有本人或本团队主管可以撤销尚未结束的请假;请刷新后重试。");
    proved(withdrawn, actor, "absence_withdrawn");
    return withdrawn;
  }

  /** Everything of a branch that is not over and not withdrawn, by start. */
  public List<Absence> ofBranch(String branch, Instant now) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from advisor_absence x join advisor a on a.username = x.username"
                + " where a.branch = :branch and x.to_at > :now and x.withdrawn_by is null"
                + " order by x.from_at, x.id")
        .param("branch", branch)
        .param("now", at(now))
        .query(Absences::read)
        .list();
  }

  /** What of one person is not over and not withdrawn, by start. */
  public List<Absence> of(String username, Instant now) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from advisor_absence x"
                + " where x.username = :username and x.to_at > :now and x.withdrawn_by is null"
                + " order by x.from_at, x.id")
        .param("username", username)
        .param("now", at(now))
        .query(Absences::read)
        .list();
  }

  private Absence changed(String update, long id, String actor, String refusal) {
    Optional<Absence> changed =
        jdbc.sql(update + " returning " + COLUMNS)
            .param("id", id)
            .param("actor", actor)
            .param("now", at(clock.instant()))
            .query(Absences::read)
            .optional();
    return changed.orElseThrow(() -> new TaskRefusedException("absence", refusal));
  }

  private void proved(Absence absence, String actor, String what) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.STAFF_CHANGED,
            "advisor:" + absence.username(),
            null,
            null,
            actor,
            Map.of(
                "change", what,
                "absence", absence.id(),
                "from", absence.from().toString(),
                "to", absence.to().toString())));
    events.publishEvent(new AdvisorChanged(absence.username()));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Absence read(ResultSet row, int number) throws SQLException {
    return new Absence(
        row.getLong("id"),
        row.getString("username"),
        row.getTimestamp("from_at").toInstant(),
        row.getTimestamp("to_at").toInstant(),
        row.getString("entered_by"),
        row.getString("approved_by"),
        row.getString("withdrawn_by"));
  }
}
