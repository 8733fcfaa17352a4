package io.waymark.recommend;

import io.waymark.platform.rehearsal.Rehearsing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which products of a pool most customers looked at in the last 30 days. Counted by customer, not
 * by click, so that nobody makes a product popular alone. The counting reads all recent events and
 * is therefore kept for a while.
 */
@Component
class Popularity {

  private static final String QUERY =
      """
      select e.properties ->> 'product'
      from customer_event e
      join product p on p.code = e.properties ->> 'product'
      where e.type in (
        'product.viewed', 'fund.page_viewed', 'margin.page_viewed', 'message.clicked')
        and e.occurred_at > :since and e.occurred_at <= :now
        and p.type = any(:types) and p.status = 'on_sale'
      group by 1
      order by count(distinct e.customer_id) desc, 1
      limit 200
      """;

  private final JdbcClient jdbc;
  private final Duration kept;
  private final ConcurrentMap<List<String>, Counted> counted = new ConcurrentHashMap<>();

  /**
   * @param kept how long one count is used
   */
  Popularity(JdbcClient jdbc, @Value("${waymark.recommend.popularity-kept:PT10M}") Duration kept) {
    this.jdbc = jdbc;
    this.kept = kept;
  }

  private record Counted(Instant at, List<String> products) {}

  /** Codes of products on sale, most looked at first; at most 200. */
  List<String> of(List<String> types, Instant now) {
    Counted today = counted.get(types);
    if (today != null && Rehearsing.on()) {
      return today.products();
    }
    return Rehearsing.outside(() -> remembered(types, now));
  }

  private List<String> remembered(List<String> types, Instant now) {
    Counted known = counted.get(types);
    if (known == null || Duration.between(known.at(), now).abs().compareTo(kept) >= 0) {
      known = new Counted(now, count(types, now));
      counted.put(types, known);
    }
    return known.products();
  }

  private List<String> count(List<String> types, Instant now) {
    return jdbc.sql(QUERY)
        .param("types", types.toArray(String[]::new))
        .param("since", now.minus(Recommender.WINDOW).atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(String.class)
        .list();
  }
}
