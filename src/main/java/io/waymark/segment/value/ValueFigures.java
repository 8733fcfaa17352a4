package io.waymark.segment.value;

import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How customers are spread over tiers and RFM groups, for people who look at the page. */
@Component
public class ValueFigures {

  private final JdbcClient jdbc;

  ValueFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Customers by tier, in the order of the scheme. */
  @Transactional(readOnly = true)
  public List<TierCount> tiers(TierScheme scheme, BranchScope scope) {
    Map<String, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            select value, count(*) as customers from customer_tag
             where tag = :tag and (:everywhere or branch = any(:branches))
             group by value
            """)
        .param("tag", scheme.tag())
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            row -> {
              counts.put(row.getString("value"), row.getLong("customers"));
            });
    return scheme.tiers().stream()
        .map(tier -> new TierCount(tier, counts.getOrDefault(tier.code(), 0L)))
        .toList();
  }

  /** How many customers of these branches have a value of a tag, fresh or not. */
  public long held(String tag, BranchScope scope) {
    return jdbc.sql(
            """
            select count(*) from customer_tag
             where tag = :tag and (:everywhere or branch = any(:branches))
            """)
        .param("tag", tag)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Long.class)
        .single();
  }

  /** All customers of these branches. */
  public long customers(BranchScope scope) {
    return jdbc.sql("select count(*) from customer where :everywhere or branch = any(:branches)")
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Long.class)
        .single();
  }

  /** Customers by group of one figure, worst first, with the figures that bound each group. */
  @Transactional(readOnly = true)
  public List<RfmGroup> groups(RfmLetter letter, BranchScope scope) {
    return jdbc.sql(
            """
            select %1$s as score, count(*) as customers, min(%2$s) as least, max(%2$s) as most
              from rfm_score where :everywhere or branch = any(:branches)
             group by 1 order by 1
            """
                .formatted(letter.score(), letter.figure()))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            (row, number) ->
                new RfmGroup(
                    row.getInt("score"),
                    row.getLong("customers"),
                    row.getBigDecimal("least"),
                    row.getBigDecimal("most")))
        .list();
  }

  /** When RFM was last computed; empty before the first time. */
  public Optional<Instant> computedAt() {
    return jdbc.sql("select max(computed_at) as at from rfm_score")
        .query((row, number) -> Optional.ofNullable(Columns.instantOrNull(row, "at")))
        .single();
  }
}
