package io.waymark.insight;

import io.waymark.platform.staff.BranchScope;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each journey at a glance: who is inside, who reached the goal, who left otherwise. */
@Component
public class JourneyOverview {

  private final JdbcClient jdbc;

  JourneyOverview(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One journey over all its versions.
   *
   * @param liveVersion number of the version customers enter now, or null when none is live
   * @param status status of the newest version that was ever decided on, or {@code draft}
   * @param entered since the moment asked for
   * @param goals customers who left with the goal since then
   * @param left customers who left otherwise since then
   * @param inside customers inside now
   */
  public record Line(
      String key,
      String name,
      @Nullable Integer liveVersion,
      String status,
      long entered,
      long inside,
      long goals,
      long left) {}

  /** Every journey known, by key. */
  public List<Line> since(OffsetDateTime since, BranchScope scope) {
    return jdbc.sql(
            """
            with newest as (
              select distinct on (journey_key) journey_key as key, name,
                     max(version) filter (where status = 'live')
                       over (partition by journey_key) as live_version,
                     status
                from journey_version
               order by journey_key, (status in ('live', 'paused')) desc, version desc)
            select n.key, n.name, n.live_version, n.status,
                   count(p.id) filter (where p.entered_at >= :since) as entered,
                   count(p.id) filter (where p.left_at is null) as inside,
                   count(p.id) filter (where p.left_at >= :since and p.goal is not null) as goals,
                   count(p.id) filter (where p.left_at >= :since and p.goal is null) as "left"
              from newest n
              left join participation p
                on p.journey_key = n.key and (:everywhere or p.branch = any(:branches))
             group by n.key, n.name, n.live_version, n.status
             order by n.key
            """)
        .param("since", since)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Line.class)
        .list();
  }
}
