package io.waymark.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Appends acts and reads them back. An act and its proof commit together, so appending outside a
 * transaction is refused. The rows are chained later by {@link EvidenceSealer}: chaining here would
 * make every transaction of every node wait for the one before it.
 */
@Component
public class EvidenceLog {

  private final JdbcClient jdbc;
  private final Clock clock;

  EvidenceLog(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Appends one act to the caller's transaction.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(EvidenceEntry entry) {
    appendAll(List.of(entry));
  }

  /**
   * Appends many acts to the caller's transaction, in one statement and in the order given.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void appendAll(Collection<EvidenceEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            with appended as (
              insert into evidence (at, kind, subject, customer_id, branch, actor, facts)
              select ?, kind, subject, customer_id, branch, actor, facts
                from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                     with ordinality
                     as given (kind, subject, customer_id, branch, actor, facts, position)
               order by position
              returning id, at)
            insert into evidence_unsealed (evidence_id, evidence_at) select id, at from appended
            """)
        .params(
            Timestamp.from(clock.instant()),
            column(entries, entry -> entry.kind().code()),
            column(entries, EvidenceEntry::subject),
            entries.stream().map(EvidenceEntry::customerId).toArray(Long[]::new),
            column(entries, EvidenceEntry::branch),
            column(entries, EvidenceEntry::actor),
            column(entries, entry -> Facts.write(entry.facts())))
        .update();
  }

  /** Everything recorded about a customer, oldest first. */
  public List<EvidenceRow> ofCustomer(long customerId) {
    return jdbc.sql(
            """
            select e.id, e.at, e.kind, e.subject, e.customer_id, e.branch, e.actor, e.facts, s.seal_no
              from evidence e
              left join evidence_seal s on s.evidence_id = e.id
             where e.customer_id = ?
             order by e.at, e.id
            """)
        .param(customerId)
        .query(EvidenceLog::read)
        .list();
  }

  private static EvidenceRow read(ResultSet row, int number) throws SQLException {
    return new EvidenceRow(
        row.getLong("id"),
        row.getTimestamp("at").toInstant(),
        EvidenceKind.of(row.getString("kind")),
        row.getString("subject"),
        row.getObject("customer_id", Long.class),
        row.getString("branch"),
        row.getString("actor"),
        Facts.read(row.getString("facts")),
        row.getObject("seal_no", Long.class));
  }

  private static String[] column(
      Collection<EvidenceEntry> entries, Function<EvidenceEntry, @Nullable String> value) {
    return entries.stream().map(value).toArray(String[]::new);
  }
}
