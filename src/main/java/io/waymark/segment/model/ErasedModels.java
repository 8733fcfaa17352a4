package io.waymark.segment.model;

import io.waymark.customer.rights.CustomerErasing;
import io.waymark.platform.database.Columns;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What models concluded of a person goes with him (个人信息保护法 art. 47). */
@Component
class ErasedModels {

  /** Every table of this package's rooms that holds a conclusion about one customer. */
  static final List<String> TABLES =
      List.of(
          "rfm_score",
          "lifecycle_stage",
          "decay_score",
          "decay_reading",
          "churn_score",
          "model_dirty");

  private final JdbcClient jdbc;

  ErasedModels(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void on(CustomerErasing erasing) {
    for (String table : TABLES) {
      jdbc.sql("delete from " + table + " where customer_id = any(?)")
          .param(Columns.longs(erasing.customerIds()))
          .update();
    }
  }
}
