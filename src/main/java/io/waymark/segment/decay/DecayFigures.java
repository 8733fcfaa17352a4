package io.waymark.segment.decay;

import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How many customers each signal has found, for people who look at the page. */
@Component
public class DecayFigures {

  private final JdbcClient jdbc;

  DecayFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A signal and its customers.
   *
   * @param scored how many have a score
   * @param alarmed for how many it has begun and not ended
   * @param computedAt when the latest score was written; null for never
   */
  public record Line(DecaySignal signal, long scored, long alarmed, @Nullable Instant computedAt) {}

  /** Every signal of the policy, in its order, over the customers of these branches. */
  @Transactional(readOnly = true)
  public List<Line> of(DecayPolicy policy, BranchScope scope) {
    Map<String, Line> found = new HashMap<>();
    jdbc.sql(
            """
            select signal, count(*) as scored, count(*) filter (where alarmed) as alarmed,
                   max(computed_at) as computed_at
              from decay_score where :everywhere or branch = any(:branches)
             group by signal
            """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            row -> {
              for (DecaySignal signal : policy.signal(row.getString("signal")).stream().toList()) {
                found.put(
                    signal.code(),
                    new Line(
                        signal,
                        row.getLong("scored"),
                        row.getLong("alarmed"),
                        Columns.instantOrNull(row, "computed_at")));
              }
            });
    return policy.signals().stream()
        .map(one -> found.getOrDefault(one.code(), new Line(one, 0, 0, null)))
        .toList();
  }

  /** Customers of one signal that has begun, those who lost most first. */
  @Transactional(readOnly = true)
  public List<DecayScore> alarmed(String signal, BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select * from decay_score
             where signal = :signal and alarmed and (:everywhere or branch = any(:branches))
             order by percent desc, customer_id offset :offset limit :limit
            """)
        .param("signal", signal)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(DecayScores::score)
        .list();
  }
}
