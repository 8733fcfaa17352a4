package io.waymark.platform.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of the broker's people; usernames are compared exactly. */
@Component
public class StaffDirectory {

  private static final String COLUMNS =
      "select username, name, role, branch, all_branches, enabled from staff ";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  StaffDirectory(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.events = events;
  }

  public Optional<StaffMember> find(String username) {
    return jdbc.sql(COLUMNS + "where username = ?")
        .param(username)
        .query(StaffDirectory::read)
        .optional();
  }

  /** Everybody, by username, disabled accounts included. */
  public List<StaffMember> all() {
    return jdbc.sql(COLUMNS + "order by username").query(StaffDirectory::read).list();
  }

  /** Everybody of one role, by username, disabled accounts included. */
  public List<StaffMember> byRole(Role role) {
    return jdbc.sql(COLUMNS + "where role = ? order by username")
        .param(role.code())
        .query(StaffDirectory::read)
        .list();
  }

  /** The stored hash with its algorithm prefix, e.g. {@code {bcrypt}…}; empty when none is set. */
  public Optional<String> passwordHash(String username) {
    return jdbc.sql(
            "select password_hash from staff where username = ? and password_hash is not null")
        .param(username)
        .query(String.class)
        .optional();
  }

  /** As {@link #save(StaffMember, String, String)}, in the name of the system itself. */
  @Transactional
  public void save(StaffMember member, @Nullable String passwordHash) {
    save(member, passwordHash, "system");
  }

  /**
   * Creates or changes an account.
   *
   * @param passwordHash already encoded; null keeps the one that is stored
   * @param actor username of who changes it
   * @throws IllegalArgumentException with a Chinese sentence when the branch does not exist
   */
  @Transactional
  public void save(StaffMember member, @Nullable String passwordHash, String actor) {
    int written =
        jdbc.sql(
                """
                insert into staff (username, name, role, branch, all_branches, enabled,
                                   password_hash, created_at, updated_at)
                select :username, :name, :role, code, :all, :enabled, :hash, :now, :now
                  from branch where code = :branch
                on conflict (username) do update
                   set name = excluded.name, role = excluded.role, branch = excluded.branch,
                       all_branches = excluded.all_branches, enabled = excluded.enabled,
                       password_hash = coalesce(excluded.password_hash, staff.password_hash),
                       updated_at = excluded.updated_at
                """)
            .param("username", member.username())
            .param("name", member.name())
            .param("role", member.role().code())
            .param("branch", member.branch())
            .param("all", member.allBranches())
            .param("enabled", member.enabled())
            .param("hash", passwordHash)
            .param("now", Timestamp.from(clock.instant()))
            .update();
    if (written == 0) {
      throw new IllegalArgumentException("营业部“%s”不存在，请先建立营业部。".formatted(member.branch()));
    }
    events.publishEvent(new StaffChanged(member, passwordHash != null, actor));
  }

  private static StaffMember read(ResultSet row, int number) throws SQLException {
    return new StaffMember(
        row.getString("username"),
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("branch"),
        row.getBoolean("all_branches"),
        row.getBoolean("enabled"));
  }
}
