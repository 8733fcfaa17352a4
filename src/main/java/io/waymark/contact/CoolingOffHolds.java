package io.waymark.contact;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.segment.cooling.CoolingOffChanged;
import io.waymark.segment.cooling.CoolingOffChanged.Period;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps marketing from customers in a cooling-off period (requirement J16), in the transaction that
 * begins or lifts it. What journeys or people suppressed for the same reason is left as it is.
 */
@Component
class CoolingOffHolds {

  /** Code of the suppression; the gate gives it a reason of its own. */
  private static final String REASON = "cooling_off";

  /** Tells these suppressions from those of journeys and people. */
  private static final String ACTOR = "score:cooling_off";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  CoolingOffHolds(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  @EventListener
  void on(CoolingOffChanged change) {
    Instant now = clock.instant();
    if (change.began()) {
      hold(change.periods(), now);
    } else {
      release(change.periods(), now);
    }
    evidence.appendAll(change.periods().stream().map(one -> proof(one, change.began())).toList());
  }

  private void hold(List<Period> periods, Instant now) {
    jdbc.sql(
            """
            insert into suppression (customer_id, branch, reason, since, until, actor)
            select customer_id, branch, :reason, :now, until, :actor
              from unnest(:customers::bigint[], :branches::text[], :untils::timestamptz[])
                   as g (customer_id, branch, until)
            """)
        .param("reason", REASON)
        .param("now", Column.at(now))
        .param("actor", ACTOR)
        .param("customers", Column.number(periods, Period::customerId))
        .param("branches", Column.text(periods, Period::branch))
        .param("untils", Column.text(periods, Period::until))
        .update();
  }

  private void release(List<Period> periods, Instant now) {
    jdbc.sql(
            """
            update suppression
               set released_at = :now, released_by = :actor, released_because = 'lifted'
             where customer_id = any(:customers) and reason = :reason and actor = :actor
               and released_at is null
            """)
        .param("now", Column.at(now))
        .param("actor", ACTOR)
        .param("customers", Column.number(periods, Period::customerId))
        .param("reason", REASON)
        .update();
  }

  private static EvidenceEntry proof(Period period, boolean began) {
    return new EvidenceEntry(
        EvidenceKind.SUPPRESSION_CHANGED,
        "customer:" + period.customerId(),
        period.customerId(),
        period.branch(),
        ACTOR,
        Map.of(
            "act", began ? "suppressed" : "released",
            "reason", REASON,
            "rule", period.rule(),
            "policy", period.version(),
            "until", period.until().toString()));
  }
}
