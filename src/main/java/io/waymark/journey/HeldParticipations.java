package io.waymark.journey;

import io.waymark.customer.rights.HeldData;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Journeys in the copy a person may ask for. */
@Component
class HeldParticipations implements HeldData {

  private final JdbcClient jdbc;

  HeldParticipations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "journeys";
  }

  @Override
  public void of(long customerId, Consumer<String> json) {
    jdbc.sql("select to_jsonb(p)::text from participation p where p.customer_id = ? order by p.id")
        .param(customerId)
        .query(
            row -> {
              json.accept(row.getString(1));
            });
  }
}
