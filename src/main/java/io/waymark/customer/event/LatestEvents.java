package io.waymark.customer.event;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where each customer's history ends at the moment. */
@Component
public class LatestEvents {

  private final JdbcClient jdbc;

  LatestEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Sequence number of the latest event of each customer; who has none is not named. History that
   * was loaded (numbers below zero) is none: no journey waits for it.
   */
  public Map<Long, Long> of(Collection<Long> customerIds) {
    Map<Long, Long> latest = new HashMap<>();
    jdbc.sql(
            """
            select customer_id, max(seq) from customer_event
             where customer_id = any(:customers) and seq > 0 group by customer_id
            """)
        .param("customers", customerIds.toArray(Long[]::new))
        .query((row, index) -> latest.put(row.getLong(1), row.getLong(2)))
        .list();
    return latest;
  }
}
