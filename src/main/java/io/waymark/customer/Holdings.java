package io.waymark.customer;

import io.waymark.platform.database.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What customers hold, as the last end of day told. */
@Component
public class Holdings {

  private final JdbcClient jdbc;

  Holdings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(long customerId, Holding holding) {}

  /**
   * Replaces all holdings of the customers named, in two statements; an empty list clears. Unknown
   * customers are left out; of two rows for one product the last counts.
   */
  @Transactional
  public void replaceAll(Map<Long, List<Holding>> holdings) {
    if (holdings.isEmpty()) {
      return;
    }
    // Locked in the order of ids: two replacements of the same customers wait for each other.
    jdbc.sql(
            """
            with customers as materialized
              (select id from customer where id = any(?) order by id for no key update)
            delete from holding h using customers c where h.customer_id = c.id
            """)
        .param(Columns.longs(holdings.keySet()))
        .update();
    List<Row> rows = rows(holdings);
    jdbc.sql(
            """
            insert into holding (customer_id, branch, product, market_value, cost, as_of)
            select c.id, c.branch, g.product, g.market_value, g.cost, g.as_of
              from unnest(?::bigint[], ?::text[], ?::numeric[], ?::numeric[], ?::date[])
                   as g (customer_id, product, market_value, cost, as_of)
              join customer c on c.id = g.customer_id
            """)
        .params(
            Columns.longs(rows, Row::customerId),
            Columns.texts(rows, row -> row.holding().product()),
            Columns.texts(rows, row -> row.holding().marketValue().toPlainString()),
            Columns.texts(rows, row -> row.holding().cost().toPlainString()),
            Columns.texts(rows, row -> row.holding().asOf().toString()))
        .update();
  }

  private static List<Row> rows(Map<Long, List<Holding>> holdings) {
    List<Row> rows = new ArrayList<>();
    holdings.forEach(
        (customerId, list) -> {
          Map<String, Holding> last = new LinkedHashMap<>();
          list.forEach(holding -> last.put(holding.product(), holding));
          last.values().forEach(holding -> rows.add(new Row(customerId, holding)));
        });
    return rows;
  }

  /** What one customer holds, by product code. */
  public List<Holding> of(long customerId) {
    return jdbc.sql(
            """
            select product, market_value, cost, as_of from holding
             where customer_id = ? order by product
            """)
        .param(customerId)
        .query(
            (row, number) ->
                new Holding(
                    row.getString("product"),
                    row.getBigDecimal("market_value"),
                    row.getBigDecimal("cost"),
                    row.getDate("as_of").toLocalDate()))
        .list();
  }
}
