package io.waymark.customer.rights;

import io.waymark.platform.database.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this floor holds of a person and no retention duty keeps. */
@Component
class ErasedRows {

  private static final List<String> HELD =
      List.of(
          "customer_identity",
          "customer_tag",
          "tag_change",
          "holding",
          "customer_event",
          "event_queue",
          "event_parked");

  private final JdbcClient jdbc;

  ErasedRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void remove(Collection<Long> customerIds, Instant now) {
    for (String table : HELD) {
      jdbc.sql("delete from " + table + " where customer_id = any(?)")
          .param(Columns.longs(customerIds))
          .update();
    }
    jdbc.sql(
            """
            update customer_merge_tag set before = null, after = '{}'
             where merge_id in (select id from customer_merge where survivor_id = any(?))
            """)
        .param(Columns.longs(customerIds))
        .update();
    jdbc.sql(
            """
            update customer_correction set value_sealed = ''::bytea, masked = '***', reason = '***'
             where customer_id = any(?)
            """)
        .param(Columns.longs(customerIds))
        .update();
    jdbc.sql("delete from identity_link where one_id = any(:ids) or other_id = any(:ids)")
        .param("ids", Columns.longs(customerIds))
        .update();
    jdbc.sql(
            """
            update identity_case set status = 'gone', decided_at = :now, decided_by = 'system'
             where status = 'open' and (one_id = any(:ids) or other_id = any(:ids))
            """)
        .param("now", Columns.timestamp(now))
        .param("ids", Columns.longs(customerIds))
        .update();
    jdbc.sql(
            """
            update customer
               set name_sealed = ''::bytea, name_masked = '已删除', birth_date = null,
                   person_hash = null,
                   advisor = null, updated_at = :now, erased_at = :now
             where id = any(:ids)
            """)
        .param("now", Columns.timestamp(now))
        .param("ids", Columns.longs(customerIds))
        .update();
  }
}
