package io.waymark.contact;

import io.waymark.customer.rights.CustomerErasing;
import io.waymark.customer.rights.HeldData;
import java.util.function.Consumer;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages in the copy a person may ask for, and what of them goes when the person is erased: texts
 * in the App and values of texts still to be tried. What waits in the outbox is withheld when its
 * turn comes, because the gate knows no erased customer.
 */
@Component
class HeldMessages implements HeldData {

  private final JdbcClient jdbc;

  HeldMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public void of(long customerId, Consumer<String> json) {
    jdbc.sql(
            """
            select (to_jsonb(m) - 'subject_sealed' - 'body_sealed')::text
              from message m where m.customer_id = ? order by m.created_at
            """)
        .param(customerId)
        .query(
            row -> {
              json.accept(row.getString(1));
            });
  }

  @EventListener
  @Order(2)
  void on(CustomerErasing erasing) {
    for (String table : new String[] {"in_app_message", "message_fallback"}) {
      jdbc.sql("delete from " + table + " where customer_id = any(?)")
          .param(Column.ids(erasing.customerIds()))
          .update();
    }
  }
}
