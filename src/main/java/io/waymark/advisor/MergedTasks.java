package io.waymark.advisor;

import io.waymark.customer.identity.CustomersMerged;
import io.waymark.customer.identity.MergeUndone;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Open tasks of an absorbed record are about the survivor, and about the absorbed one again when
 * the merge is undone. Comes after the engine has cancelled those of journeys that ended.
 */
@Component
class MergedTasks {

  private final JdbcClient jdbc;

  MergedTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  @Order(3)
  void on(CustomersMerged merged) {
    jdbc.sql(
            """
            update advisor_task t
               set customer_id = c.id, branch = c.branch, merges = t.merges || :merge::bigint
              from customer c
             where c.id = :survivor and t.customer_id = :absorbed and t.status = 'open'
            """)
        .param("merge", merged.mergeId())
        .param("survivor", merged.survivorId())
        .param("absorbed", merged.absorbedId())
        .update();
  }

  @EventListener
  @Order(3)
  void on(MergeUndone undone) {
    jdbc.sql(
            """
            update advisor_task t
               set customer_id = c.id, branch = c.branch, merges = trim_array(t.merges, 1)
              from customer c
             where c.id = :absorbed and t.customer_id = :survivor and t.status = 'open'
               and t.merges @> array[:merge]::bigint[] and t.merges[cardinality(t.merges)] = :merge
            """)
        .param("merge", undone.mergeId())
        .param("survivor", undone.survivorId())
        .param("absorbed", undone.absorbedId())
        .update();
  }
}
