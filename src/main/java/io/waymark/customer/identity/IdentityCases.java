package io.waymark.customer.identity;

import io.waymark.customer.CustomerLocks;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the identity rules leave to a person, and what he decided. Table {@code identity_case}. A
 * pair decided to be two persons is never linked by rule again.
 */
@Component
public class IdentityCases {

  private static final String SELECT =
      """
      select k.*, a.ref as one_ref, b.ref as other_ref
        from identity_case k
        join customer a on a.id = k.one_id
        join customer b on b.id = k.other_id
       where (:everywhere or (k.branch = any(:branches) and k.other_branch = any(:branches)))
      """;

  private final JdbcClient jdbc;
  private final CustomerLocks locks;
  private final CustomerMerges merges;
  private final EvidenceLog evidence;
  private final Clock clock;

  IdentityCases(
      JdbcClient jdbc,
      CustomerLocks locks,
      CustomerMerges merges,
      EvidenceLog evidence,
      Clock clock) {
    this.jdbc = jdbc;
    this.locks = locks;
    this.merges = merges;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * The person decides that both are one; which record goes on is as the rules say.
   *
   * @throws MergeRefusedException when it is decided already, or the facts say they are two
   */
  @Transactional
  public CustomerMerge merge(long caseId, String reason, String actor, BranchScope scope) {
    IdentityCase one = waiting(caseId, scope);
    CustomerMerge merge = merges.merge(one.oneRef(), one.otherRef(), reason, actor, scope);
    decide(one, "merged", reason, actor);
    return merge;
  }

  /**
   * The person decides that they are two; the rules do not ask again.
   *
   * @throws MergeRefusedException when it is decided already, or without a reason
   */
  @Transactional
  public void keepApart(long caseId, String reason, String actor, BranchScope scope) {
    if (reason.isBlank() || reason.length() > 500) {
      throw new MergeRefusedException("请填写理由，不超过 500 字。");
    }
    IdentityCase one = waiting(caseId, scope);
    locks.lock(List.of(one.oneId(), one.otherId()));
    decide(one, "apart", reason, actor);
  }

  /** One case, if both records are within the scope. */
  public Optional<IdentityCase> find(long caseId, BranchScope scope) {
    return jdbc.sql(SELECT + " and k.id = :id")
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("id", caseId)
        .query(IdentityCases::read)
        .optional();
  }

  /** Cases within the scope, those that wait first, the oldest of them first. */
  public List<IdentityCase> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            SELECT
                + """
                 order by k.status <> 'open', coalesce(k.decided_at, 'epoch') desc, k.id
                offset :offset limit :limit
                """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(IdentityCases::read)
        .list();
  }

  /** How many wait within the scope. */
  public long waiting(BranchScope scope) {
    return jdbc.sql(
            """
            select count(*) from identity_case
             where status = 'open' and (? or (branch = any(?) and other_branch = any(?)))
            """)
        .params(scope.all(), scope.asArray(), scope.asArray())
        .query(Long.class)
        .single();
  }

  /** Opens a case of two records, once; their locks are held. */
  void open(long oneId, long otherId, IdentityVerdict.Doubtful doubt, String rulesVersion) {
    jdbc.sql(
            """
            insert into identity_case
                   (one_id, other_id, branch, other_branch, type, reasons, rules_version, opened_at,
                    status)
            select a.id, b.id, a.branch, b.branch, :type, :reasons, :rules, :now, 'open'
              from customer a, customer b where a.id = :one and b.id = :other
            on conflict (one_id, other_id) where status = 'open' do nothing
            returning id, branch
            """)
        .param("type", doubt.type().code())
        .param("reasons", doubt.reasons().toArray(String[]::new))
        .param("rules", rulesVersion)
        .param("now", Columns.timestamp(clock.instant()))
        .param("one", Math.min(oneId, otherId))
        .param("other", Math.max(oneId, otherId))
        .query(
            row -> {
              long id = row.getLong("id");
              String branch = Objects.requireNonNull(row.getString("branch"));
              evidence.appendAll(
                  List.of(
                      entry(id, oneId, branch, "system", "opened"),
                      entry(id, otherId, branch, "system", "opened")));
            });
  }

  /** Whether somebody decided that records of these two persons are two persons. */
  boolean apart(Collection<Long> one, Collection<Long> other) {
    return jdbc.sql(
            """
            select exists (select from identity_case
                            where status = 'apart'
                              and ((one_id = any(:one) and other_id = any(:other))
                                   or (one_id = any(:other) and other_id = any(:one))))
            """)
        .param("one", Columns.longs(one))
        .param("other", Columns.longs(other))
        .query(Boolean.class)
        .single();
  }

  /** Nothing links these persons any more: what waits is closed. */
  void gone(Collection<Long> one, Collection<Long> other) {
    jdbc.sql(
            """
            update identity_case set status = 'gone', decided_at = :now, decided_by = 'system'
             where status = 'open'
               and ((one_id = any(:one) and other_id = any(:other))
                    or (one_id = any(:other) and other_id = any(:one)))
            """)
        .param("now", Columns.timestamp(clock.instant()))
        .param("one", Columns.longs(one))
        .param("other", Columns.longs(other))
        .update();
  }

  private IdentityCase waiting(long caseId, BranchScope scope) {
    return find(caseId, scope)
        .filter(IdentityCase::open)
        .orElseThrow(() -> new MergeRefusedException("找不到该身份待定，或它已有结论，请刷新页面。"));
  }

  private void decide(IdentityCase one, String status, String reason, String actor) {
    int decided =
        jdbc.sql(
                """
                update identity_case
                   set status = ?, decided_at = ?, decided_by = ?, decided_because = ?
                 where id = ? and status in ('open', ?)
                """)
            .params(
                status, Columns.timestamp(clock.instant()), actor, reason.strip(), one.id(), status)
            .update();
    if (decided == 0) {
      throw new MergeRefusedException("该身份待定已有结论，请刷新页面。");
    }
    evidence.appendAll(
        List.of(
            entry(one.id(), one.oneId(), one.branch(), actor, status),
            entry(one.id(), one.otherId(), one.otherBranch(), actor, status)));
  }

  private static EvidenceEntry entry(
      long caseId, long customerId, String branch, String actor, String what) {
    return new EvidenceEntry(
        EvidenceKind.IDENTITY_CASE,
        "identity-case:" + caseId,
        customerId,
        branch,
        actor,
        Map.of("what", what));
  }

  private static IdentityCase read(ResultSet row, int number) throws SQLException {
    return new IdentityCase(
        row.getLong("id"),
        row.getLong("one_id"),
        row.getLong("other_id"),
        Objects.requireNonNull(row.getString("one_ref")),
        Objects.requireNonNull(row.getString("other_ref")),
        row.getString("branch"),
        row.getString("other_branch"),
        row.getString("type"),
        List.of((String[]) row.getArray("reasons").getArray()),
        row.getString("rules_version"),
        Columns.instant(row, "opened_at"),
        row.getString("status"),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("decided_by"),
        row.getString("decided_because"));
  }
}
