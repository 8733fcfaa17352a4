package io.waymark.customer;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tags: what is known of a customer by name. A value that reads as a decimal number is kept as one
 * as well, so that rules compare numbers as numbers.
 */
@Component
public class CustomerTags {

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,8})?");

  private final JdbcClient jdbc;
  private final Clock clock;

  CustomerTags(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Sets one tag. */
  @Transactional
  public void set(long customerId, String tag, String value, String actor) {
    setAll(List.of(new TagValue(customerId, tag, value)), actor);
  }

  /**
   * Sets many tags in one statement; of two values for one tag of one customer the last counts,
   * values of unknown customers are left out. Setting the same value anew makes it fresh.
   */
  @Transactional
  public void setAll(Collection<TagValue> values, String actor) {
    if (values.isEmpty()) {
      return;
    }
    Map<List<Object>, TagValue> last = new LinkedHashMap<>();
    values.forEach(value -> last.put(List.of(value.customerId(), value.tag()), value));
    jdbc.sql(
            """
            insert into customer_tag
                   (customer_id, branch, tag, value, number, updated_at, updated_by)
            select c.id, c.branch, g.tag, g.value, g.number, ?, ?
              from unnest(?::bigint[], ?::text[], ?::text[], ?::numeric[])
                   as g (customer_id, tag, value, number)
              join customer c on c.id = g.customer_id
             order by c.id, g.tag
            on conflict (customer_id, tag) do update
               set value = excluded.value, number = excluded.number,
                   updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """)
        .params(
            Timestamp.from(clock.instant()),
            actor,
            Columns.longs(last.values(), TagValue::customerId),
            Columns.texts(last.values(), TagValue::tag),
            Columns.texts(last.values(), TagValue::value),
            Columns.texts(last.values(), value -> number(value.value())))
        .update();
  }

  /**
   * Some tags of some customers, by customer then tag; a customer without any of them has an empty
   * map.
   *
   * @param tags which; empty for all
   */
  public Map<Long, Map<String, String>> of(Collection<Long> customerIds, Collection<String> tags) {
    Map<Long, Map<String, String>> found = new HashMap<>();
    customerIds.forEach(id -> found.put(id, new HashMap<>()));
    jdbc.sql(
            """
            select customer_id, tag, value from customer_tag
             where customer_id = any(:ids) and (:any or tag = any(:tags))
            """)
        .param("ids", Columns.longs(customerIds))
        .param("any", tags.isEmpty())
        .param("tags", tags.toArray(String[]::new))
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getLong("customer_id"), id -> new HashMap<>())
                  .put(row.getString("tag"), row.getString("value"));
            });
    return found;
  }

  private static @Nullable String number(String value) {
    return NUMBER.matcher(value).matches() ? new BigDecimal(value).toPlainString() : null;
  }
}
