package io.waymark.product;

import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The product catalogue, taken in from the broker's product master. */
@Component
public class Products {

  private static final String SELECT =
      """
      select code, name, type, manager_risk, broker_risk, manager, term, objective, status,
             statements
        from product
      """;

  private static final String MATCHING =
      """
       where (:text::text is null or code ilike :text or name ilike :text)
         and (:type::text is null or type = :type)
         and (:risk::text is null or risk = :risk)
         and (:status::text is null or status = :status)
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Products(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Creates and replaces products by code in one statement; good rows are kept, bad rows named.
   *
   * @param actor username, {@code api:<key name>} or {@code system}
   */
  @Transactional
  public BatchReport upsertAll(List<Product> products, String actor) {
    List<RowProblem> problems = new ArrayList<>();
    Map<String, Product> sound = new LinkedHashMap<>();
    for (int i = 0; i < products.size(); i++) {
      Product product = products.get(i);
      Optional<RowProblem> problem = ProductChecks.problem(i + 1, product, sound.keySet());
      problem.ifPresentOrElse(problems::add, () -> sound.put(product.code(), product));
    }
    write(List.copyOf(sound.values()), actor);
    return new BatchReport(sound.size(), 0, problems);
  }

  private void write(List<Product> products, String actor) {
    if (products.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into product
                   (code, name, type, manager_risk, broker_risk, manager, term, objective, status,
                    statements, updated_at, updated_by)
            select code, name, type, manager_risk, broker_risk, manager, term, objective, status,
                   statements::jsonb, ?, ?
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[])
                   as g (code, name, type, manager_risk, broker_risk, manager, term, objective,
                         status, statements)
             order by code
            on conflict (code) do update
               set name = excluded.name, type = excluded.type,
                   manager_risk = excluded.manager_risk, broker_risk = excluded.broker_risk,
                   manager = excluded.manager, term = excluded.term,
                   objective = excluded.objective, status = excluded.status,
                   statements = excluded.statements, updated_at = excluded.updated_at,
                   updated_by = excluded.updated_by
            """)
        .params(
            Timestamp.from(clock.instant()),
            actor,
            column(products, Product::code),
            column(products, Product::name),
            column(products, Product::type),
            column(products, product -> product.managerRisk().name()),
            column(products, product -> product.brokerRisk().name()),
            column(products, Product::manager),
            column(products, Product::term),
            column(products, Product::objective),
            column(products, Product::status),
            column(products, product -> Statements.write(product.statements())))
        .update();
  }

  /** One product by code, whatever its status. */
  public Optional<Product> find(String code) {
    return Optional.ofNullable(findAll(List.of(code)).get(code));
  }

  /** Products by code, whatever their status; unknown codes are absent. One statement. */
  public Map<String, Product> findAll(Collection<String> codes) {
    Map<String, Product> found = new HashMap<>();
    jdbc.sql(SELECT + " where code = any(?)")
        .param(codes.toArray(String[]::new))
        .query(Products::read)
        .list()
        .forEach(product -> found.put(product.code(), product));
    return found;
  }

  /** Products by code. */
  public List<Product> page(ProductFilter filter, int offset, int limit) {
    return matching(SELECT + MATCHING + " order by code offset :offset limit :limit", filter)
        .param("offset", offset)
        .param("limit", limit)
        .query(Products::read)
        .list();
  }

  /** How many products {@link #page} would list in all. */
  public long count(ProductFilter filter) {
    return matching("select count(*) from product\n" + MATCHING, filter).query(Long.class).single();
  }

  /** Products of one type by code, whatever their status. */
  public List<Product> byType(String type) {
    return jdbc.sql(SELECT + " where type = ? order by code")
        .param(type)
        .query(Products::read)
        .list();
  }

  /** Those of these types of which something is on sale. */
  public Set<String> offered(Collection<String> types) {
    return Set.copyOf(
        jdbc.sql("select distinct type from product where type = any(?) and status = 'on_sale'")
            .param(types.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  private JdbcClient.StatementSpec matching(String sql, ProductFilter filter) {
    String text = blankToNull(filter.text());
    return jdbc.sql(sql)
        .param("text", text == null ? null : "%" + escaped(text) + "%")
        .param("type", blankToNull(filter.type()))
        .param("risk", filter.risk() == null ? null : filter.risk().name())
        .param("status", blankToNull(filter.status()));
  }

  private static Product read(ResultSet row, int number) throws SQLException {
    return new Product(
        row.getString("code"),
        row.getString("name"),
        row.getString("type"),
        ProductRisk.valueOf(row.getString("manager_risk")),
        ProductRisk.valueOf(row.getString("broker_risk")),
        row.getString("manager"),
        row.getString("term"),
        row.getString("objective"),
        row.getString("status"),
        Statements.read(row.getString("statements")));
  }

  private static String[] column(
      List<Product> products, Function<Product, @Nullable String> value) {
    return products.stream().map(value).toArray(String[]::new);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
