package io.waymark.segment.model;

import io.waymark.customer.rights.HeldData;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What models concluded of a person, in the copy he may ask for (个人信息保护法 art. 24, 45). */
@Component
class HeldScores implements HeldData {

  private final JdbcClient jdbc;

  HeldScores(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "models";
  }

  @Override
  public void of(long customerId, Consumer<String> json) {
    for (String table : List.of("rfm_score", "lifecycle_stage", "decay_score", "churn_score")) {
      jdbc.sql(
              """
              select (to_jsonb(t) || jsonb_build_object('model', ?::text))::text
                from %s t where t.customer_id = ?
              """
                  .formatted(table))
          .params(table, customerId)
          .query(
              row -> {
                json.accept(row.getString(1));
              });
    }
  }
}
