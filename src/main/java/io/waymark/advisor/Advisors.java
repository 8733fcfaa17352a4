package io.waymark.advisor;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What routing must know of the advisors; who they are stands in the staff directory. */
@Component
public class Advisors {

  private static final String SELECT =
      """
      select username, branch, qualifications, licence_until, daily_capacity, absent_from,
             absent_to, leader, skills, languages, tiers
      from advisor
      """;

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Advisors(JdbcClient jdbc, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Registers or changes an advisor. A licence that ran out or a qualification taken away keeps the
   * person from completing tasks at once; right after the commit the open tasks the person may not
   * do any more are given to others.
   *
   * @throws TaskRefusedException when there is no such staff member or branch, or dates or capacity
   *     contradict each other
   */
  @Transactional
  public void save(AdvisorProfile profile, String actor) {
    check(profile);
    int written =
        jdbc.sql(
                """
                insert into advisor (username, branch, qualifications, licence_until,
                  daily_capacity, absent_from, absent_to, leader, skills, languages, tiers,
                  updated_at)
                select s.username, b.code, :qualifications, :licence, :capacity, :from, :to,
                  :leader, :skills, :languages, :tiers, :at
                from staff s, branch b
                where s.username = :username and b.code = :branch
                on conflict (username) do update set
                  branch = excluded.branch, qualifications = excluded.qualifications,
                  licence_until = excluded.licence_until,
                  daily_capacity = excluded.daily_capacity, absent_from = excluded.absent_from,
                  absent_to = excluded.absent_to, leader = excluded.leader,
                  skills = excluded.skills, languages = excluded.languages,
                  tiers = excluded.tiers,
                  updated_at = excluded.updated_at
                """)
            .param("username", profile.username())
            .param("branch", profile.branch())
            .param("qualifications", sorted(profile.qualifications()))
            .param("skills", sorted(profile.strengths().skills()))
            .param("languages", sorted(profile.strengths().languages()))
            .param("tiers", sorted(profile.strengths().tiers()))
            .param("licence", profile.licenceUntil())
            .param("capacity", profile.dailyCapacity())
            .param("from", profile.absentFrom(), Types.DATE)
            .param("to", profile.absentTo(), Types.DATE)
            .param("leader", profile.leader())
            .param("at", OffsetDateTime.now(clock))
            .update();
    if (written == 0) {
      throw new TaskRefusedException(
          "unknown_staff",
          "没有用户“%s”或营业部“%s”,请先在人员与营业部中登记。".formatted(profile.username(), profile.branch()));
    }
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.STAFF_CHANGED,
            "advisor:" + profile.username(),
            null,
            null,
            actor,
            Map.of(
                "branch", profile.branch(),
                "qualifications", String.join(",", new TreeSet<>(profile.qualifications())),
                "licenceUntil", profile.licenceUntil().toString(),
                "dailyCapacity", profile.dailyCapacity(),
                "leader", profile.leader(),
                "skills", String.join(",", sorted(profile.strengths().skills())),
                "languages", String.join(",", sorted(profile.strengths().languages())),
                "tiers", String.join(",", sorted(profile.strengths().tiers())))));
    events.publishEvent(new AdvisorChanged(profile.username()));
  }

  private static String[] sorted(Set<String> codes) {
    return new TreeSet<>(codes).toArray(String[]::new);
  }

  public Optional<AdvisorProfile> find(String username) {
    return jdbc.sql(SELECT + "where username = ?").param(username).query(Advisors::read).optional();
  }

  /** The advisors of a branch by user name, whether they may take tasks today or not. */
  public List<AdvisorProfile> ofBranch(String branch) {
    return jdbc.sql(SELECT + "where branch = ? order by username")
        .param(branch)
        .query(Advisors::read)
        .list();
  }

  /** Whether an advisor is there at a moment, by profile and absence calendar. */
  boolean present(String username, Instant at) {
    return jdbc.sql("select " + Fitness.PRESENT + " from advisor a where a.username = :username")
        .param("username", username)
        .param("today", Roster.today(at))
        .param("at", TaskTable.at(at))
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Everybody, by branch and user name. */
  public List<AdvisorProfile> all() {
    return jdbc.sql(SELECT + "order by branch, username").query(Advisors::read).list();
  }

  private static void check(AdvisorProfile profile) {
    if (profile.dailyCapacity() < 0) {
      throw new TaskRefusedException("capacity", "每日任务上限不能为负数。");
    }
    LocalDate from = profile.absentFrom();
    LocalDate to = profile.absentTo();
    if (to != null && (from == null || to.isBefore(from))) {
      throw new TaskRefusedException("absence", "请假结束日期不能早于开始日期,也不能只填结束日期。");
    }
  }

  private static AdvisorProfile read(ResultSet row, int number) throws SQLException {
    return new AdvisorProfile(
        row.getString("username"),
        row.getString("branch"),
        Set.of((String[]) row.getArray("qualifications").getArray()),
        row.getObject("licence_until", LocalDate.class),
        row.getInt("daily_capacity"),
        row.getObject("absent_from", LocalDate.class),
        row.getObject("absent_to", LocalDate.class),
        row.getBoolean("leader"),
        new AdvisorProfile.Strengths(
            codes(row, "skills"), codes(row, "languages"), codes(row, "tiers")));
  }

  private static Set<String> codes(ResultSet row, String column) throws SQLException {
    return Set.of((String[]) row.getArray(column).getArray());
  }
}
