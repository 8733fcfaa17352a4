package io.waymark.customer.tag;

import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts how full and how fresh each tag is. One pass over all values, so it is done every hour by
 * one node and read from a table. Tags with values that nobody declared are counted too.
 */
@Component
public class TagCounts {

  private static final long ADVISORY_LOCK = 0x7761796d_74616763L;
  private static final Duration PAUSE = Duration.ofMinutes(50);

  private final JdbcClient jdbc;
  private final TagRegistry registry;
  private final Clock clock;

  TagCounts(JdbcClient jdbc, TagRegistry registry, Clock clock) {
    this.jdbc = jdbc;
    this.registry = registry;
    this.clock = clock;
  }

  /** The last count, by tag; a tag without values is absent. */
  public Map<String, TagQuality> last() {
    Map<String, TagQuality> counts = new TreeMap<>();
    jdbc.sql("select * from tag_quality")
        .query(TagCounts::read)
        .list()
        .forEach(one -> counts.put(one.tag(), one));
    return counts;
  }

  /** Counts unless another node has just done so or is doing so. */
  @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
  @Transactional
  public void countWhenDue() {
    Instant due = clock.instant().minus(PAUSE);
    boolean counted =
        jdbc.sql("select exists (select from tag_quality where counted_at > ?)")
            .param(Columns.timestamp(due))
            .query(Boolean.class)
            .single();
    if (!counted) {
      count();
    }
  }

  /** Counts now, unless another node is counting. */
  @Transactional
  public void count() {
    boolean alone =
        jdbc.sql("select pg_try_advisory_xact_lock(?)")
            .param(ADVISORY_LOCK)
            .query(Boolean.class)
            .single();
    if (!alone) {
      return;
    }
    List<TagDefinition> ageing =
        registry.all().stream().filter(tag -> tag.freshness() != null).toList();
    jdbc.sql("delete from tag_quality").update();
    jdbc.sql(
            """
            insert into tag_quality (tag, filled, stale, customers, last_as_of, counted_at)
            select t.tag, count(*), count(*) filter (where t.as_of < limits.oldest),
                   (select count(*) from customer), max(t.as_of), :now
              from customer_tag t
              left join unnest(:tags::text[], :oldest::timestamptz[]) as limits (tag, oldest)
                     on limits.tag = t.tag
             group by t.tag
            """)
        .param("now", Columns.timestamp(clock.instant()))
        .param("tags", Columns.texts(ageing, TagDefinition::code))
        .param(
            "oldest",
            Columns.instants(
                ageing, tag -> clock.instant().minus(Objects.requireNonNull(tag.freshness()))))
        .update();
  }

  private static TagQuality read(ResultSet row, int number) throws SQLException {
    return new TagQuality(
        row.getString("tag"),
        row.getLong("filled"),
        row.getLong("stale"),
        row.getLong("customers"),
        Columns.instantOrNull(row, "last_as_of"),
        Columns.instant(row, "counted_at"));
  }
}
