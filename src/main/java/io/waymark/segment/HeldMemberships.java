package io.waymark.segment;

import io.waymark.customer.rights.HeldData;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Audiences in the copy a person may ask for. */
@Component
class HeldMemberships implements HeldData {

  private final JdbcClient jdbc;

  HeldMemberships(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "audiences";
  }

  @Override
  public void of(long customerId, Consumer<String> json) {
    jdbc.sql("select to_jsonb(m)::text from audience_member m where m.customer_id = ?")
        .param(customerId)
        .query(
            row -> {
              json.accept(row.getString(1));
            });
  }
}
