package io.waymark.contact;

import io.waymark.compliance.abuse.AbuseHeld;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps marketing from customers that a case of campaign abuse holds, in the transaction that holds
 * them. One hold per customer, however many cases.
 */
@Component
class AbuseHolds {

  /** Code of the suppression; the gate gives it a reason of its own. */
  static final String REASON = "abuse_hold";

  /** Longer than anybody keeps a case open: it ends by a decision, never by time. */
  private static final Duration LONG = Duration.ofDays(20 * 366);

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  AbuseHolds(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  @EventListener
  void on(AbuseHeld change) {
    Instant now = clock.instant();
    List<Long> customers = change.customers().keySet().stream().sorted().toList();
    if (change.held()) {
      hold(change, customers, now);
    } else {
      release(change, customers, now);
    }
    evidence.appendAll(
        customers.stream()
            .map(
                customer ->
                    new EvidenceEntry(
                        EvidenceKind.SUPPRESSION_CHANGED,
                        "customer:" + customer,
                        customer,
                        change.customers().get(customer),
                        change.actor(),
                        Map.of(
                            "act",
                            change.held() ? "suppressed" : "released",
                            "reason",
                            REASON,
                            "case",
                            change.caseId())))
            .toList());
  }

  private void hold(AbuseHeld change, List<Long> customers, Instant now) {
    jdbc.sql(
            """
            insert into suppression (customer_id, branch, reason, since, until, actor)
            select g.customer_id, g.branch, :reason, :now, :until, :actor
              from unnest(:customers::bigint[], :branches::text[]) as g (customer_id, branch)
             where not exists
                   (select from suppression s
                     where s.customer_id = g.customer_id and s.reason = :reason
                       and s.released_at is null)
            """)
        .param("reason", REASON)
        .param("now", Column.at(now))
        .param("until", Column.at(now.plus(LONG)))
        .param("actor", change.actor())
        .param("customers", customers.toArray(Long[]::new))
        .param("branches", customers.stream().map(change.customers()::get).toArray(String[]::new))
        .update();
  }

  private void release(AbuseHeld change, List<Long> customers, Instant now) {
    jdbc.sql(
            """
            update suppression set released_at = :now, released_by = :actor
             where customer_id = any(:customers) and reason = :reason and released_at is null
            """)
        .param("reason", REASON)
        .param("now", Column.at(now))
        .param("actor", change.actor())
        .param("customers", customers.toArray(Long[]::new))
        .update();
  }
}
