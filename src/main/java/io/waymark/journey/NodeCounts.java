package io.waymark.journey;

import io.waymark.platform.staff.BranchScope;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts visits per node; reads {@code node_visit}, which {@link NodeVisits} writes. */
@Component
public class NodeCounts {

  private final JdbcClient jdbc;

  NodeCounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What became of the visits of one node; {@code entered} is the sum of the other four.
   *
   * @param waiting tokens that stand here now
   * @param done visits that ended: by themselves, interrupted by a goal, exit or timeout, or moved
   *     elsewhere by a person or a migration
   * @param failed tokens that stand here with a failed job
   * @param withheld visits that ended because a message was withheld
   */
  public record NodeCount(
      String node, long entered, long waiting, long done, long failed, long withheld) {}

  /** Counts of one version, within the branches the reader may see. */
  public List<NodeCount> of(long journeyVersionId, BranchScope scope) {
    return jdbc.sql(
            """
            select node,
                   count(*) as entered,
                   count(*) filter (where left_at is null and failed_since is null) as waiting,
                   count(*) filter (where outcome in ('done', 'interrupted', 'moved')) as done,
                   count(*) filter (where left_at is null and failed_since is not null) as failed,
                   count(*) filter (where outcome = 'withheld') as withheld
              from node_visit
             where journey_version_id = :version and (:everywhere or branch = any(:branches))
             group by node
             order by node
            """)
        .param("version", journeyVersionId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(NodeCount.class)
        .list();
  }
}
