package io.waymark.customer.identity;

import io.waymark.customer.Consent;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerLocks;
import io.waymark.customer.IdentityType;
import io.waymark.customer.event.EventQueue;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes two records one person, and takes that back (requirement D2). Tables {@code customer_merge}
 * and the columns {@code merged_into}, {@code merged_at} of {@code customer}: standing merges are a
 * tree, and every record points at its root.
 */
@Component
public class CustomerMerges {

  /** Who merges when no person does. */
  static final String BY_RULE = "system";

  private static final String SELECT =
      """
      select m.*, s.ref as survivor_ref, a.ref as absorbed_ref
        from customer_merge m
        join customer s on s.id = m.survivor_id
        join customer a on a.id = m.absorbed_id
      """;

  private final JdbcClient jdbc;
  private final CustomerLocks locks;
  private final MergedTags tags;
  private final MergeChecks checks;
  private final KeptApart apart;
  private final Consents consents;
  private final EventQueue queue;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  CustomerMerges(
      JdbcClient jdbc,
      CustomerLocks locks,
      MergedTags tags,
      MergeChecks checks,
      KeptApart apart,
      Consents consents,
      EventQueue queue,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.locks = locks;
    this.tags = tags;
    this.checks = checks;
    this.apart = apart;
    this.consents = consents;
    this.queue = queue;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Merges two persons because somebody says so. Of their records the one with the weightiest
   * identity survives, of two alike the one with the smaller number.
   *
   * @param reason why they are one person
   * @param scope what the person who decides may see; both records must be in it
   * @throws MergeRefusedException when a record is unknown, both are one already, or the facts say
   *     that they are two persons
   */
  @Transactional
  public CustomerMerge merge(
      String ref, String otherRef, String reason, String actor, BranchScope scope) {
    checks.reason(reason);
    List<PersonFacts> persons = checks.persons(ref.strip(), otherRef.strip(), scope);
    apart.forget(persons.get(0).ids(), persons.get(1).ids(), actor);
    long mergeId = join(persons, reason.strip(), actor, Map.of());
    return find(mergeId, scope).orElseThrow();
  }

  /** Merges two persons because the rules say so; the locks of all their records are held. */
  void joinByRule(String version, IdentityType type, PersonFacts one, PersonFacts other) {
    join(
        List.of(one, other),
        "按身份识别规则（版本 %s）：登记了相同的标识".formatted(version),
        BY_RULE,
        Map.of("rules", version, "identity", type.code()));
  }

  private long join(
      List<PersonFacts> persons, String reason, String actor, Map<String, String> why) {
    MergePair pair = checks.pair(persons);
    Instant now = clock.instant();
    long mergeId =
        jdbc.sql(
                """
                insert into customer_merge
                       (survivor_id, absorbed_id, branch, reason, merged_at, merged_by)
                values (?, ?, ?, ?, ?, ?) returning id
                """)
            .params(
                pair.survivorId(),
                pair.absorbedId(),
                pair.branch(),
                reason,
                Columns.timestamp(now),
                actor)
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            update customer set merged_into = :survivor, merged_at = :now
             where id = :absorbed or merged_into = :absorbed
            """)
        .param("survivor", pair.survivorId())
        .param("absorbed", pair.absorbedId())
        .param("now", Columns.timestamp(now))
        .update();
    tags.take(mergeId, pair.survivorId(), pair.absorbedId());
    queue.handOver(pair.absorbedId(), pair.survivorId());
    prove(EvidenceKind.CUSTOMERS_MERGED, mergeId, pair, actor, why);
    events.publishEvent(new CustomersMerged(mergeId, pair.survivorId(), pair.absorbedId(), actor));
    return mergeId;
  }

  /**
   * Takes a merge back: both persons are as before, and the rules do not merge them again. What was
   * said and happened in between stays with the survivor, except that a refusal said in between
   * holds for both, because nobody can say whose it was.
   *
   * @throws MergeRefusedException when it is unknown, was taken back before, or its survivor was
   *     itself merged later
   */
  @Transactional
  public void undo(long mergeId, String reason, String actor, BranchScope scope) {
    checks.reason(reason);
    MergePair pair = checks.standing(mergeId, scope);
    locks.lock(checks.records(pair));
    checks.last(pair);
    int undone =
        jdbc.sql(
                """
                update customer_merge set undone_at = ?, undone_by = ?, undone_reason = ?
                 where id = ? and undone_at is null
                """)
            .params(Columns.timestamp(clock.instant()), actor, reason.strip(), mergeId)
            .update();
    if (undone == 0) {
      throw new MergeRefusedException("该合并已被撤销，请刷新页面。");
    }
    CustomerMerge merge = find(mergeId, scope).orElseThrow();
    part(pair);
    tags.giveBack(mergeId, pair.survivorId());
    apart.remember(pair, reason.strip(), actor);
    refuseForBoth(merge, pair, actor);
    prove(EvidenceKind.MERGE_UNDONE, mergeId, pair, actor, Map.of());
    events.publishEvent(new MergeUndone(mergeId, pair.survivorId(), pair.absorbedId(), actor));
  }

  /** One merge, if its survivor is within the scope. */
  public Optional<CustomerMerge> find(long mergeId, BranchScope scope) {
    return jdbc.sql(SELECT + " where m.id = ? and (? or s.branch = any(?))")
        .params(mergeId, scope.all(), scope.asArray())
        .query(CustomerMerges::read)
        .optional();
  }

  /** Merges within the scope, newest first. */
  public List<CustomerMerge> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(SELECT + " where ? or s.branch = any(?) order by m.id desc offset ? limit ?")
        .params(scope.all(), scope.asArray(), offset, limit)
        .query(CustomerMerges::read)
        .list();
  }

  /** The absorbed person takes back all records that had come with him. */
  private void part(MergePair pair) {
    jdbc.sql(
            """
            with recursive own (id, merged_at) as
              (select :absorbed::bigint, null::timestamptz
               union all
               select m.absorbed_id, greatest(o.merged_at, m.merged_at)
                 from own o
                 join customer_merge m on m.survivor_id = o.id and m.undone_at is null)
            update customer c
               set merged_into = case when c.id <> :absorbed then :absorbed end,
                   merged_at = own.merged_at
              from own where c.id = own.id
            """)
        .param("absorbed", pair.absorbedId())
        .update();
  }

  private void refuseForBoth(CustomerMerge merge, MergePair pair, String actor) {
    List<ConsentChange> refusals =
        consents.refusedSince(pair.survivorId(), merge.mergedAt()).stream()
            .map(word -> again(merge.absorbedRef(), word))
            .toList();
    if (!refusals.isEmpty()) {
      consents.record(refusals, actor);
    }
  }

  private static ConsentChange again(String ref, Consent word) {
    return new ConsentChange(
        ref,
        word.purpose(),
        word.channel(),
        word.state(),
        "merge_undone",
        word.textVersion(),
        word.at(),
        null,
        null);
  }

  private void prove(
      EvidenceKind kind, long mergeId, MergePair pair, String actor, Map<String, String> why) {
    Map<String, Object> facts = new HashMap<>(why);
    facts.put("survivor", pair.survivorId());
    facts.put("absorbed", pair.absorbedId());
    evidence.appendAll(
        List.of(
            entry(kind, mergeId, pair.survivorId(), pair, actor, facts),
            entry(kind, mergeId, pair.absorbedId(), pair, actor, facts)));
  }

  private static EvidenceEntry entry(
      EvidenceKind kind,
      long mergeId,
      long customerId,
      MergePair pair,
      String actor,
      Map<String, Object> facts) {
    return new EvidenceEntry(
        kind, "customer-merge:" + mergeId, customerId, pair.branch(), actor, facts);
  }

  private static CustomerMerge read(ResultSet row, int number) throws SQLException {
    return new CustomerMerge(
        row.getLong("id"),
        Objects.requireNonNull(row.getString("survivor_ref")),
        Objects.requireNonNull(row.getString("absorbed_ref")),
        row.getString("branch"),
        row.getString("reason"),
        Columns.instant(row, "merged_at"),
        row.getString("merged_by"),
        Columns.instantOrNull(row, "undone_at"),
        row.getString("undone_by"),
        row.getString("undone_reason"));
  }
}
