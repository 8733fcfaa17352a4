package io.waymark.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.StatementCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice("io.waymark.product")
class ProductsTest {

  private static final AtomicLong NEXT = new AtomicLong(System.nanoTime() % 100_000_000);

  @Autowired Products products;
  @Autowired StatementCounter statements;
  @Autowired JdbcClient jdbc;

  @Test
  void a_product_is_read_as_it_was_written_and_replaced_by_code() {
    String code = code();
    Product first = fund(code, "稳健一号", ProductRisk.R2, ProductRisk.R3);
    products.upsertAll(List.of(first), "tester");
    assertThat(products.find(code)).contains(first);
    Product second =
        new Product(
            code,
            "稳健二号",
            "service",
            ProductRisk.R1,
            ProductRisk.R1,
            "本公司",
            null,
            "preservation",
            "closed",
            Map.of());
    products.upsertAll(List.of(second), "tester");
    assertThat(products.find(code)).contains(second);
    assertThat(products.find("nothing")).isEmpty();
  }

  @Test
  void the_riskier_grade_counts_in_memory_and_in_the_table() {
    String one = code();
    String two = code();
    products.upsertAll(
        List.of(
            fund(one, "甲", ProductRisk.R2, ProductRisk.R4),
            fund(two, "乙", ProductRisk.R5, ProductRisk.R1)),
        "tester");
    Map<String, Product> found = products.findAll(List.of(one, two));
    assertThat(found.get(one).risk()).isEqualTo(ProductRisk.R4);
    assertThat(found.get(two).risk()).isEqualTo(ProductRisk.R5);
    assertThat(
            jdbc.sql("select risk from product where code in (?, ?) order by risk")
                .params(one, two)
                .query(String.class)
                .list())
        .containsExactly("R4", "R5");
  }

  @Test
  void each_bad_row_is_named_and_the_good_ones_are_kept() {
    String good = code();
    BatchReport report =
        products.upsertAll(
            List.of(
                fund(good, "甲", ProductRisk.R1, ProductRisk.R1),
                fund("", "甲", ProductRisk.R1, ProductRisk.R1),
                fund(good, "乙", ProductRisk.R1, ProductRisk.R1),
                fund(code(), " ", ProductRisk.R1, ProductRisk.R1),
                worded("lottery", "short", "growth", "on_sale"),
                worded("bond_fund", "forever", "growth", "on_sale"),
                worded("bond_fund", null, "riches", "on_sale"),
                worded("bond_fund", null, "growth", "soon"),
                worded("bond_fund", null, "growth", "on_sale")),
            "tester");
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            tuple(2, "code", "malformed"),
            tuple(3, "code", "duplicate"),
            tuple(4, "name", "blank"),
            tuple(5, "type", "unknown_word"),
            tuple(6, "term", "unknown_word"),
            tuple(7, "objective", "unknown_word"),
            tuple(8, "status", "unknown_word"));
    assertThat(products.find(good).orElseThrow().name()).isEqualTo("甲");
  }

  @Test
  void a_list_is_filtered_paged_and_counted() {
    String prefix = code();
    products.upsertAll(
        List.of(
            fund(prefix + "-1", "甲" + prefix, ProductRisk.R3, ProductRisk.R3),
            fund(prefix + "-2", "乙", ProductRisk.R3, ProductRisk.R3),
            fund(prefix + "-3", "丙", ProductRisk.R4, ProductRisk.R3)),
        "tester");
    ProductFilter text = new ProductFilter(prefix.toLowerCase(), null, null, null);
    assertThat(products.count(text)).isEqualTo(3);
    assertThat(products.page(text, 1, 1)).extracting(Product::code).containsExactly(prefix + "-2");
    assertThat(products.page(new ProductFilter(prefix, "equity_fund", ProductRisk.R4, null), 0, 9))
        .extracting(Product::code)
        .containsExactly(prefix + "-3");
    assertThat(products.count(new ProductFilter(prefix, null, null, "closed"))).isZero();
    assertThat(products.page(new ProductFilter("甲" + prefix, null, null, null), 0, 9)).hasSize(1);
    assertThat(products.byType("equity_fund"))
        .extracting(Product::code)
        .contains(prefix + "-1", prefix + "-2", prefix + "-3");
  }

  @Test
  void a_thousand_products_take_one_statement() {
    List<Product> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(fund(code(), "某基金", ProductRisk.R1, ProductRisk.R2));
    }
    assertThat(statements.during(() -> products.upsertAll(many, "tester"))).hasSize(1);
    assertThat(products.findAll(many.stream().map(Product::code).toList())).hasSize(1000);
  }

  private static String code() {
    return "PT" + NEXT.incrementAndGet();
  }

  private static Product fund(String code, String name, ProductRisk manager, ProductRisk broker) {
    return new Product(
        code,
        name,
        "equity_fund",
        manager,
        broker,
        "某基金公司",
        "medium",
        "growth",
        "on_sale",
        Map.of("fee", "申购费 1.5%", "benchmark", "沪深300"));
  }

  private static Product worded(
      String type, @Nullable String term, String objective, String status) {
    return new Product(
        code(),
        "某产品",
        type,
        ProductRisk.R1,
        ProductRisk.R1,
        "某公司",
        term,
        objective,
        status,
        Map.of());
  }
}
