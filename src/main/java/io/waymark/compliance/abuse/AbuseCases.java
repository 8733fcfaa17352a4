package io.waymark.compliance.abuse;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The cases and their customers; a compliance officer decides each once, with a reason. */
@Component
public class AbuseCases {

  private static final String SELECT =
      """
      select c.*, (select count(*) from abuse_case_customer m where m.case_id = c.id) as customers
        from abuse_case c
       where (:everywhere or exists
               (select from abuse_case_customer m
                 where m.case_id = c.id and m.branch = any(:branches)))
      """;

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  AbuseCases(JdbcClient jdbc, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /** Cases somebody may see, open ones first, then latest first. */
  public List<AbuseCase> page(
      @Nullable AbuseStatus status, BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            SELECT
                + """
                   and (:status::text is null or c.status = :status)
                 order by c.status <> 'open', c.opened_at desc, c.id desc
                offset :offset limit :limit
                """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("status", status == null ? null : status.code())
        .param("offset", offset)
        .param("limit", limit)
        .query(AbuseCases::read)
        .list();
  }

  /** One case; empty when it does not exist or concerns no customer of the scope. */
  public Optional<AbuseCase> find(long id, BranchScope scope) {
    return jdbc.sql(SELECT + " and c.id = :id")
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("id", id)
        .query(AbuseCases::read)
        .optional();
  }

  /** The customers of a case that somebody may see, with the moment each was held. */
  public Map<Long, Instant> customers(long id, BranchScope scope) {
    Map<Long, Instant> customers = new TreeMap<>();
    jdbc.sql(
            """
            select customer_id, since from abuse_case_customer
             where case_id = :id and (:everywhere or branch = any(:branches))
            """)
        .param("id", id)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            row -> {
              customers.put(row.getLong("customer_id"), Columns.instant(row, "since"));
            });
    return customers;
  }

  /**
   * Decides an open case. Released customers are let go unless another case holds them.
   *
   * @param outcome released or confirmed
   * @throws AbuseRefusedException without a reason, when somebody was faster or the actor is no
   *     compliance officer
   */
  @Transactional
  public void decide(
      long id, AbuseStatus outcome, String reason, String officer, BranchScope scope) {
    if (reason.isBlank() || reason.strip().length() > 200 || outcome == AbuseStatus.OPEN) {
      throw new AbuseRefusedException("请填写放行或确认的理由，最多 200 个字。");
    }
    int decided =
        jdbc.sql(
                """
                update abuse_case c
                   set status = :status, decided_by = :officer, decided_at = :now, reason = :reason
                 where id = :id and status = 'open'
                   and exists (select from staff
                                where username = :officer and role = 'compliance' and enabled)
                   and (:everywhere or not exists
                         (select from abuse_case_customer m
                           where m.case_id = c.id and not m.branch = any(:branches)))
                """)
            .param("status", outcome.code())
            .param("officer", officer)
            .param("now", Columns.timestamp(clock.instant()))
            .param("reason", reason.strip())
            .param("id", id)
            .param("everywhere", scope.all())
            .param("branches", scope.asArray())
            .update();
    if (decided == 0) {
      throw new AbuseRefusedException("无法处理此案：须由可查看全部所涉客户的合规人员处理，且尚未处理过，请刷新后重试。");
    }
    Map<Long, String> affected = outcome == AbuseStatus.RELEASED ? heldByNoOther(id) : Map.of();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.ABUSE_CASE,
            "abuse-case:" + id,
            null,
            null,
            officer,
            Map.of("act", outcome.code(), "released", affected.size())));
    if (!affected.isEmpty()) {
      events.publishEvent(new AbuseHeld(id, affected, false, officer));
    }
  }

  /** Opens a case, or adds customers to the one that is open for the same value. */
  @Transactional(propagation = Propagation.MANDATORY)
  void open(VelocityRule rule, Signal.Key key, Map<Long, String> customers, String version) {
    String branch = customers.values().iterator().next();
    jdbc.sql(
            """
            insert into abuse_case (rule, kind, hash, branch, status, opened_at, policy_version)
            values (?, ?, ?, ?, 'open', ?, ?)
            on conflict (rule, kind, hash) where status = 'open' do nothing
            """)
        .params(
            rule.code(),
            key.kind(),
            key.bytes(),
            branch,
            Columns.timestamp(clock.instant()),
            version)
        .update();
    long id =
        jdbc.sql(
                """
                select id from abuse_case
                 where rule = ? and kind = ? and hash = ? and status = 'open' for update
                """)
            .params(rule.code(), key.kind(), key.bytes())
            .query(Long.class)
            .single();
    Map<Long, String> fresh = involve(id, customers);
    if (!fresh.isEmpty()) {
      evidence.appendAll(
          fresh.entrySet().stream()
              .map(
                  one ->
                      new EvidenceEntry(
                          EvidenceKind.ABUSE_CASE,
                          "abuse-case:" + id,
                          one.getKey(),
                          one.getValue(),
                          "system",
                          Map.of("act", "held", "rule", rule.code(), "policy", version)))
              .toList());
      events.publishEvent(new AbuseHeld(id, fresh, true, "system"));
    }
  }

  private Map<Long, String> involve(long id, Map<Long, String> customers) {
    Map<Long, String> fresh = new TreeMap<>();
    List<Long> ids = customers.keySet().stream().sorted().toList();
    jdbc.sql(
            """
            insert into abuse_case_customer (case_id, customer_id, branch, since)
            select :id, customer_id, branch, :now
              from unnest(:customers::bigint[], :branches::text[]) as g (customer_id, branch)
            on conflict do nothing returning customer_id, branch
            """)
        .param("id", id)
        .param("now", Columns.timestamp(clock.instant()))
        .param("customers", Columns.longs(ids))
        .param("branches", Columns.texts(ids, customers::get))
        .query(
            row -> {
              fresh.put(row.getLong("customer_id"), row.getString("branch"));
            });
    return fresh;
  }

  /**
   * Until when the last case about this value has been looked at; the beginning of time if none.
   */
  Instant lastDecided(String rule, Signal.Key key) {
    return jdbc.sql(
            """
            select max(decided_at) as decided_at from abuse_case
             where rule = ? and kind = ? and hash = ? and status <> 'open'
            """)
        .params(rule, key.kind(), key.bytes())
        .query((row, number) -> Optional.ofNullable(Columns.instantOrNull(row, "decided_at")))
        .single()
        .orElse(Instant.EPOCH);
  }

  private Map<Long, String> heldByNoOther(long id) {
    Map<Long, String> free = new HashMap<>();
    jdbc.sql(
            """
            select m.customer_id, m.branch from abuse_case_customer m
             where m.case_id = ? and not exists
                   (select from abuse_case_customer o join abuse_case c on c.id = o.case_id
                     where o.customer_id = m.customer_id and c.status <> 'released')
            """)
        .param(id)
        .query(
            row -> {
              free.put(row.getLong("customer_id"), row.getString("branch"));
            });
    return free;
  }

  private static AbuseCase read(ResultSet row, int number) throws SQLException {
    return new AbuseCase(
        row.getLong("id"),
        row.getString("rule"),
        row.getString("kind"),
        HexFormat.of().formatHex(row.getBytes("hash")).substring(0, 8),
        row.getString("branch"),
        AbuseStatus.of(row.getString("status")),
        Columns.instant(row, "opened_at"),
        row.getString("policy_version"),
        row.getInt("customers"),
        row.getString("decided_by"),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("reason"));
  }
}
