package io.waymark.segment.lifecycle;

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

/** How customers are spread over the stages, for people who look at the page. */
@Component
public class StageFigures {

  private final JdbcClient jdbc;

  StageFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A stage, how many are in it and how many came lately.
   *
   * @param came customers who came into it since the given moment, those who had no stage included
   */
  public record Line(Stage stage, long customers, long came) {}

  /** Since when a customer is in his stage. */
  public record Standing(String stage, Instant since, String version) {}

  /** Customers of these branches by stage, in the order of the policy. */
  @Transactional(readOnly = true)
  public List<Line> of(LifecyclePolicy policy, BranchScope scope, Instant since) {
    Map<String, long[]> counts = new HashMap<>();
    jdbc.sql(
            """
            select stage, count(*) as customers, count(*) filter (where since >= :since) as came
              from lifecycle_stage
             where :everywhere or branch = any(:branches)
             group by stage
            """)
        .param("since", Columns.timestamp(since))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            row -> {
              counts.put(
                  row.getString("stage"),
                  new long[] {row.getLong("customers"), row.getLong("came")});
            });
    return policy.stages().stream()
        .map(
            stage -> {
              long[] found = counts.getOrDefault(stage.code(), new long[2]);
              return new Line(stage, found[0], found[1]);
            })
        .toList();
  }

  /** The stage of one customer; empty when none is known. */
  public Optional<Standing> of(long customerId) {
    return jdbc.sql("select stage, since, version from lifecycle_stage where customer_id = ?")
        .param(customerId)
        .query(
            (row, number) ->
                new Standing(
                    row.getString("stage"),
                    Columns.instant(row, "since"),
                    row.getString("version")))
        .optional();
  }
}
