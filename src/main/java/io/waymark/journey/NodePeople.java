package io.waymark.journey;

import io.waymark.platform.staff.BranchScope;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is behind a number of the report; reads {@code node_visit}, which {@link NodeVisits} owns.
 */
@Component
public class NodePeople {

  private final JdbcClient jdbc;

  NodePeople(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Which of the visits of a node. */
  public enum Share {
    /** All of them. */
    ENTERED("true"),
    /** Tokens that stand there now. */
    WAITING("v.left_at is null and v.failed_since is null"),
    /** Visits that ended, by themselves or interrupted. */
    DONE("v.left_at is not null and v.outcome <> 'withheld'"),
    /** Tokens that stand there with a failed job. */
    FAILED("v.left_at is null and v.failed_since is not null"),
    /** Visits that ended because a message was withheld. */
    WITHHELD("v.outcome = 'withheld'");

    private final String condition;

    Share(String condition) {
      this.condition = condition;
    }

    /** The word used in addresses. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One visit of one customer. */
  public record Visitor(
      long participationId,
      long customerId,
      String branch,
      OffsetDateTime enteredAt,
      @Nullable OffsetDateTime leftAt,
      @Nullable String outcome,
      @Nullable OffsetDateTime failedSince) {}

  /** One page of the visits of a node, latest first, within the branches and the period. */
  public List<Visitor> page(
      long versionId,
      String node,
      Share share,
      Period period,
      BranchScope scope,
      int offset,
      int limit) {
    return jdbc.sql(
            """
            select v.participation_id, p.customer_id, v.branch, v.entered_at, v.left_at, v.outcome,
                   v.failed_since
              from node_visit v join participation p on p.id = v.participation_id
             where v.journey_version_id = :version and v.node = :node
               and v.entered_at >= :from and v.entered_at < :to
               and (:everywhere or v.branch = any(:branches))
               and\s\
            """
                + share.condition
                + """

                 order by v.id desc
                offset :offset limit :limit
                """)
        .param("version", versionId)
        .param("node", node)
        .param("from", period.from())
        .param("to", period.to())
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(Visitor.class)
        .list();
  }
}
