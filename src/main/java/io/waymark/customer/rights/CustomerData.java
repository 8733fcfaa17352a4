package io.waymark.customer.rights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of this floor about one record, as the database holds them. */
@Component
class CustomerData {

  private static final Map<String, String> TABLES = tables();

  private final JdbcClient jdbc;

  CustomerData(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("tags", "customer_tag");
    tables.put("tag-changes", "tag_change");
    tables.put("holdings", "holding");
    tables.put("events", "customer_event");
    tables.put("consents", "consent");
    tables.put("consent-changes", "consent_change");
    tables.put("assessments", "assessment_change");
    return tables;
  }

  Iterable<String> names() {
    return TABLES.keySet();
  }

  void of(String name, long customerId, Consumer<String> json) {
    jdbc.sql("select to_jsonb(t)::text from " + TABLES.get(name) + " t where t.customer_id = ?")
        .param(customerId)
        .query(
            row -> {
              json.accept(row.getString(1));
            });
  }
}
