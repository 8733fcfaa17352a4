package io.waymark.customer.rights;

import io.waymark.customer.CustomerLocks;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases a person when two officers say so (个人信息保护法 art. 47). Table {@code customer_erasure}. What
 * must be kept stays without anything personal in it, and the key that sealed texts were sealed
 * with is destroyed.
 */
@Component
public class Erasures {

  private static final String SELECT =
      """
      select e.*, c.ref from customer_erasure e join customer c on c.id = e.customer_id
      """;

  private final JdbcClient jdbc;
  private final CustomerLocks locks;
  private final ErasedRows rows;
  private final CustomerVault vault;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Erasures(
      JdbcClient jdbc,
      CustomerLocks locks,
      ErasedRows rows,
      CustomerVault vault,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.locks = locks;
    this.rows = rows;
    this.vault = vault;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Asks for the erasure of a customer; nothing is erased before another person confirms.
   *
   * @param reason what the person wrote or said, without anything personal
   * @return the request
   * @throws ErasureRefusedException when the customer is unknown, erased, or asked for already
   */
  @Transactional
  public long request(String ref, String reason, String actor, BranchScope scope) {
    if (reason.isBlank() || reason.length() > 500) {
      throw new ErasureRefusedException("请填写理由，不超过 500 字。");
    }
    return jdbc.sql(
            """
            insert into customer_erasure
                   (customer_id, branch, reason, requested_at, requested_by, status)
            select c.id, c.branch, :reason, :now, :actor, 'requested'
              from customer r join customer c on c.id = coalesce(r.merged_into, r.id)
             where r.ref = :ref and c.erased_at is null
               and (:everywhere or c.branch = any(:branches))
            on conflict (customer_id) where status = 'requested' do nothing
            returning id
            """)
        .param("reason", reason.strip())
        .param("now", Columns.timestamp(clock.instant()))
        .param("actor", actor)
        .param("ref", ref.strip())
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Long.class)
        .optional()
        .map(id -> proved(EvidenceKind.ERASURE_REQUESTED, id, actor, scope))
        .orElseThrow(() -> new ErasureRefusedException("找不到该客户，或已有待确认的删除申请，请检查客户号和您的营业部范围。"));
  }

  /**
   * Declines a request; the customer stays.
   *
   * @throws ErasureRefusedException when the same person asked, or it was decided before
   */
  @Transactional
  public void decline(long id, String actor, BranchScope scope) {
    decide(id, "declined", actor, scope);
    proved(EvidenceKind.ERASURE_DECLINED, id, actor, scope);
  }

  /**
   * Confirms a request and erases the person in this transaction: journeys are left, what waits is
   * not sent, what need not be kept is deleted, the key is destroyed.
   *
   * @throws ErasureRefusedException when the same person asked, or it was decided before
   */
  @Transactional
  public void confirm(long id, String actor, BranchScope scope) {
    Erasure erasure =
        find(id, scope).orElseThrow(() -> new ErasureRefusedException("找不到该删除申请，请刷新页面。"));
    locks.lock(records(erasure.customerId()));
    decide(id, "done", actor, scope);
    // Read again under the lock: a merge may have made them more.
    List<Long> records = records(erasure.customerId());
    locks.lock(records);
    events.publishEvent(new CustomerErasing(records, actor));
    rows.remove(records, clock.instant());
    records.forEach(record -> vault.destroyKey(record, erasure.branch(), actor));
  }

  /** One request, if its customer is within the scope. */
  public Optional<Erasure> find(long id, BranchScope scope) {
    return jdbc.sql(SELECT + " where e.id = ? and (? or e.branch = any(?))")
        .params(id, scope.all(), scope.asArray())
        .query(Erasures::read)
        .optional();
  }

  /** Requests within the scope, those that wait first, then the newest. */
  public List<Erasure> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            SELECT
                + " where ? or e.branch = any(?)"
                + " order by e.status <> 'requested', e.id desc offset ? limit ?")
        .params(scope.all(), scope.asArray(), offset, limit)
        .query(Erasures::read)
        .list();
  }

  private List<Long> records(long customerId) {
    return jdbc.sql(
            """
            select p.record from person_record p
             where p.person = (select coalesce(merged_into, id) from customer where id = ?)
             order by p.record
            """)
        .param(customerId)
        .query(Long.class)
        .list();
  }

  private void decide(long id, String status, String actor, BranchScope scope) {
    int decided =
        jdbc.sql(
                """
                update customer_erasure set status = ?, decided_at = ?, decided_by = ?
                 where id = ? and status = 'requested' and requested_by <> ?
                   and (? or branch = any(?))
                """)
            .params(
                status,
                Columns.timestamp(clock.instant()),
                actor,
                id,
                actor,
                scope.all(),
                scope.asArray())
            .update();
    if (decided == 0) {
      throw new ErasureRefusedException("不能处理：申请须由申请人以外的人员确认或驳回，且尚未处理过。");
    }
  }

  private long proved(EvidenceKind kind, long id, String actor, BranchScope scope) {
    Erasure erasure = find(id, scope).orElseThrow();
    evidence.append(
        new EvidenceEntry(
            kind,
            "customer-erasure:" + id,
            erasure.customerId(),
            erasure.branch(),
            actor,
            Map.of("status", erasure.status())));
    return id;
  }

  private static Erasure read(ResultSet row, int number) throws SQLException {
    return new Erasure(
        row.getLong("id"),
        row.getLong("customer_id"),
        Objects.requireNonNull(row.getString("ref")),
        Objects.requireNonNull(row.getString("branch")),
        Objects.requireNonNull(row.getString("reason")),
        Columns.instant(row, "requested_at"),
        Objects.requireNonNull(row.getString("requested_by")),
        Objects.requireNonNull(row.getString("status")),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("decided_by"));
  }
}
