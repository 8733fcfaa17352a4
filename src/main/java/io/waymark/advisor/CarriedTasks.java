package io.waymark.advisor;

import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Open tasks of customers whose journey was changed under them: the task stays with its advisor and
 * its hour, and may be answered as the new drawing says.
 */
@Component
public class CarriedTasks {

  private final JdbcClient jdbc;

  CarriedTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Tells the open tasks of these participations at one node which node they stand for now.
   *
   * @param outcomes answers the new drawing knows, never empty
   * @return how many tasks were told
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int carry(
      Collection<Long> customerIds,
      Collection<Long> participationIds,
      String fromNode,
      String toNode,
      String title,
      Set<String> outcomes) {
    return jdbc.sql(
            """
            update advisor_task set node = :to, title = :title, outcomes = :outcomes
             where customer_id = any(:customers) and participation_id = any(:participations)
               and node = :from and status = 'open'
            """)
        .param("to", toNode)
        .param("title", title)
        .param("outcomes", outcomes.stream().sorted().toArray(String[]::new))
        .param("customers", customerIds.toArray(Long[]::new))
        .param("participations", participationIds.toArray(Long[]::new))
        .param("from", fromNode)
        .update();
  }
}
