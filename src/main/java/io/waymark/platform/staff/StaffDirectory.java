package io.waymark.platform.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of the broker's people; usernames are compared exactly. */
@Component
public class StaffDirectory {

  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,39}");

  /** Evidence names the application itself so; no person may. */
  static final String SYSTEM = "system";

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
    save(member, passwordHash, SYSTEM);
  }

  /**
   * Creates or changes an account. Whoever ceases to be an enabled administrator must be neither
   * the actor nor the last one, or nobody could let anybody in any more.
   *
   * @param passwordHash already encoded; null keeps the one that is stored
   * @param actor username of who changes it
   * @throws IllegalArgumentException with a Chinese sentence when the branch does not exist or the
   *     administrator must stay
   */
  @Transactional
  public void save(StaffMember member, @Nullable String passwordHash, String actor) {
    if (!administers(member)) {
      keepAnAdministrator(member.username(), actor);
    }
    int written =
        write(
            member,
            passwordHash,
            """
            on conflict (username) do update
               set name = excluded.name, role = excluded.role, branch = excluded.branch,
                   all_branches = excluded.all_branches, enabled = excluded.enabled,
                   password_hash = coalesce(excluded.password_hash, staff.password_hash),
                   updated_at = excluded.updated_at
            """);
    if (written == 0) {
      throw new IllegalArgumentException(noBranch(member));
    }
    events.publishEvent(new StaffChanged(member, passwordHash != null, actor));
  }

  /**
   * Creates an account and never changes one.
   *
   * @param passwordHash already encoded
   * @param actor username of who creates it
   * @throws IllegalArgumentException with a Chinese sentence when the user name is taken or not
   *     allowed, the name is blank or the branch does not exist
   */
  @Transactional
  public void add(StaffMember member, String passwordHash, String actor) {
    String username = member.username();
    if (!USERNAME.matcher(username).matches() || username.equals(SYSTEM)) {
      throw new IllegalArgumentException(
          "工号“%s”不可用：须为 2 至 40 个小写字母、数字、点、下划线或连字符，以字母或数字开头，且不能是 system。".formatted(username));
    }
    if (member.name().isBlank()) {
      throw new IllegalArgumentException("请填写姓名。");
    }
    if (write(member, passwordHash, "on conflict (username) do nothing") == 0) {
      throw new IllegalArgumentException(
          find(username).isPresent() ? "工号“%s”已被使用，请换一个。".formatted(username) : noBranch(member));
    }
    events.publishEvent(new StaffChanged(member, true, actor));
  }

  /**
   * Replaces the password and nothing else of an account.
   *
   * @param passwordHash already encoded
   * @return whether there is such an account
   */
  @Transactional
  public boolean setPassword(String username, String passwordHash, String actor) {
    Optional<StaffMember> member =
        jdbc.sql(
                """
                update staff set password_hash = :hash, updated_at = :now
                 where username = :username
                returning username, name, role, branch, all_branches, enabled
                """)
            .param("hash", passwordHash)
            .param("now", Timestamp.from(clock.instant()))
            .param("username", username)
            .query(StaffDirectory::read)
            .optional();
    member.ifPresent(one -> events.publishEvent(new StaffChanged(one, true, actor)));
    return member.isPresent();
  }

  /** Lets nobody else create or change an account until the transaction ends. */
  void lock() {
    jdbc.sql("lock table staff in share row exclusive mode").update();
  }

  private int write(StaffMember member, @Nullable String passwordHash, String onConflict) {
    return jdbc.sql(
            """
            insert into staff (username, name, role, branch, all_branches, enabled,
                               password_hash, created_at, updated_at)
            select :username, :name, :role, code, :all, :enabled, :hash, :now, :now
              from branch where code = :branch
            """
                + onConflict)
        .param("username", member.username())
        .param("name", member.name())
        .param("role", member.role().code())
        .param("branch", member.branch())
        .param("all", member.allBranches())
        .param("enabled", member.enabled())
        .param("hash", passwordHash)
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  /** The locked rows stay as they were read, so two administrators cannot remove each other. */
  private void keepAnAdministrator(String username, String actor) {
    List<String> administrators =
        jdbc.sql(
                """
                select username from staff where role = :role and enabled
                 order by username for update
                """)
            .param("role", Role.ADMINISTRATOR.code())
            .query(String.class)
            .list();
    if (!administrators.contains(username)) {
      return;
    }
    if (username.equals(actor)) {
      throw new IllegalArgumentException("不能停用自己或取消自己的管理员角色，请由另一位管理员操作。");
    }
    if (administrators.size() == 1) {
      throw new IllegalArgumentException("至少要保留一位启用的管理员，请先指定另一位管理员。");
    }
  }

  private static boolean administers(StaffMember member) {
    return member.role() == Role.ADMINISTRATOR && member.enabled();
  }

  private static String noBranch(StaffMember member) {
    return "营业部“%s”不存在，请先建立营业部。".formatted(member.branch());
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
