package io.waymark.recommend;

import io.waymark.customer.ConsentState;
import io.waymark.customer.GateFacts;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.Products;
import io.waymark.suitability.Suitability;
import io.waymark.suitability.SuitabilityQuestion;
import io.waymark.suitability.Suitable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Chooses one product of a pool for one customer: the one the customer looked at last, else the one
 * that most customers looked at, else none (requirement J5); a pool of one product leaves nothing
 * to choose. Whatever is chosen is on sale and suits the customer (适当性管理办法 art. 22); what is not
 * known to suit does not.
 */
@Component
public class Recommender {

  /** How far back looking at a product counts. */
  static final Duration WINDOW = Duration.ofDays(30);

  private final JdbcClient jdbc;
  private final Products products;
  private final Popularity popularity;
  private final Suitability suitability;

  Recommender(JdbcClient jdbc, Products products, Popularity popularity, Suitability suitability) {
    this.jdbc = jdbc;
    this.products = products;
    this.popularity = popularity;
    this.suitability = suitability;
  }

  /**
   * @param pool product types, separated by commas, e.g. {@code equity_fund,mixed_fund}
   * @return empty when nothing suits, or nothing was looked at and there is more than one to choose
   */
  public Optional<Recommendation> recommend(GateFacts facts, String pool, Instant now) {
    return Optional.ofNullable(recommend(List.of(facts), pool, now).get(facts.customerId()));
  }

  /**
   * The same for many, by a constant number of statements.
   *
   * @return by customer id; who is offered nothing is absent
   */
  public Map<Long, Recommendation> recommend(
      Collection<GateFacts> customers, String pool, Instant now) {
    List<String> types = types(pool);
    Map<Long, List<String>> followed =
        followed(customers.stream().filter(one -> personalised(one, now)).toList(), types, now);
    List<String> popular = popularity.of(types, now);
    List<String> only = only(types);
    Map<String, Product> known = known(followed.values(), popular, only);
    Map<Long, Recommendation> found = new HashMap<>();
    for (GateFacts facts : customers) {
      List<String> own = followed.getOrDefault(facts.customerId(), List.of());
      firstSuitable(own, known, facts, now, "followed")
          .or(() -> firstSuitable(popular, known, facts, now, "popular"))
          .or(() -> firstSuitable(only, known, facts, now, "only"))
          .ifPresent(one -> found.put(facts.customerId(), one));
    }
    return found;
  }

  private Map<String, Product> known(
      Collection<List<String>> followed, List<String> popular, List<String> only) {
    Set<String> codes = new HashSet<>(popular);
    codes.addAll(only);
    followed.forEach(codes::addAll);
    return products.findAll(codes);
  }

  /** The one product on sale, if the pool holds no other. */
  private List<String> only(List<String> types) {
    List<String> onSale =
        types.stream()
            .flatMap(type -> products.byType(type).stream())
            .filter(Product::onSale)
            .map(Product::code)
            .toList();
    return onSale.size() == 1 ? onSale : List.of();
  }

  /**
   * Who refused personalisation is offered nothing drawn from his own behaviour (个人信息保护法 art. 24).
   */
  private static boolean personalised(GateFacts facts, Instant now) {
    return Arrays.stream(Channel.values())
        .noneMatch(
            channel ->
                facts.consents().state(Purpose.PERSONALISATION, channel, now)
                    == ConsentState.REFUSED);
  }

  /** What each customer looked at, latest first, at most 50 products each. */
  private Map<Long, List<String>> followed(
      List<GateFacts> customers, List<String> types, Instant now) {
    Map<Long, List<String>> followed = new HashMap<>();
    if (customers.isEmpty()) {
      return followed;
    }
    jdbc.sql(
            """
            select c.id, v.product
            from unnest(:customers) as c (id)
            cross join lateral (
              select e.properties ->> 'product' as product, max(e.occurred_at) as latest
              from customer_event e
              join product p on p.code = e.properties ->> 'product'
              where e.customer_id = c.id and e.type = 'product.viewed'
                and e.occurred_at > :since and e.occurred_at <= :now
                and p.type = any(:types) and p.status = 'on_sale'
              group by 1
              order by latest desc, 1
              limit 50) v
            order by c.id, v.latest desc, v.product
            """)
        .param("customers", customers.stream().map(GateFacts::customerId).toArray(Long[]::new))
        .param("since", now.minus(WINDOW).atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("types", types.toArray(String[]::new))
        .query(
            row -> {
              followed
                  .computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
                  .add(row.getString(2));
            });
    return followed;
  }

  private Optional<Recommendation> firstSuitable(
      List<String> codes, Map<String, Product> known, GateFacts facts, Instant now, String reason) {
    return codes.stream()
        .map(known::get)
        .filter(Objects::nonNull)
        .filter(product -> product.onSale() && suits(product, facts, now))
        .findFirst()
        .map(product -> new Recommendation(product.code(), reason));
  }

  private boolean suits(Product product, GateFacts facts, Instant now) {
    Purpose purpose =
        product.type().equals("margin") ? Purpose.MARGIN_MARKETING : Purpose.PRODUCT_MARKETING;
    return suitability.assess(
            new SuitabilityQuestion(
                facts.customerClass(),
                facts.assessment(),
                facts.birthDate(),
                facts.tags(),
                product,
                purpose,
                now))
        instanceof Suitable;
  }

  private static List<String> types(String pool) {
    return Arrays.stream(pool.split(","))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .sorted()
        .toList();
  }
}
