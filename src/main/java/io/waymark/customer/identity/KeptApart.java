package io.waymark.customer.identity;

import io.waymark.platform.database.Columns;
import java.time.Clock;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Pairs somebody decided to be two persons, kept as cases with the status {@code apart}, so that
 * the next nightly file does not make them one again.
 */
@Component
class KeptApart {

  private final JdbcClient jdbc;
  private final RulesInForce rules;
  private final Clock clock;

  KeptApart(JdbcClient jdbc, RulesInForce rules, Clock clock) {
    this.jdbc = jdbc;
    this.rules = rules;
    this.clock = clock;
  }

  /** Somebody took a merge back. */
  void remember(MergePair pair, String reason, String actor) {
    jdbc.sql(
            """
            insert into identity_case
                   (one_id, other_id, branch, other_branch, type, reasons, rules_version, opened_at,
                    status, decided_at, decided_by, decided_because)
            select a.id, b.id, a.branch, b.branch, '', array['undone'], :rules, :now, 'apart',
                   :now, :actor, :reason
              from customer a, customer b where a.id = :one and b.id = :other
            """)
        .param("rules", rules.now().version())
        .param("now", Columns.timestamp(clock.instant()))
        .param("actor", actor)
        .param("reason", reason)
        .param("one", Math.min(pair.survivorId(), pair.absorbedId()))
        .param("other", Math.max(pair.survivorId(), pair.absorbedId()))
        .update();
  }

  /** Somebody says that they are one after all; what waits for a decision has it now. */
  void forget(Collection<Long> one, Collection<Long> other, String actor) {
    jdbc.sql(
            """
            update identity_case set status = 'merged', decided_at = :now, decided_by = :actor
             where status in ('open', 'apart')
               and ((one_id = any(:one) and other_id = any(:other))
                    or (one_id = any(:other) and other_id = any(:one)))
            """)
        .param("now", Columns.timestamp(clock.instant()))
        .param("actor", actor)
        .param("one", Columns.longs(one))
        .param("other", Columns.longs(other))
        .update();
  }
}
