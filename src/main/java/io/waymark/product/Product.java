package io.waymark.product;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fund or service of the catalogue.
 *
 * @param type {@code equity_fund, bond_fund, money_fund, mixed_fund, qdii, margin, advisory, repo,
 *     service, star_market, chinext, private_fund}
 * @param managerRisk the manager's grade
 * @param brokerRisk our own grade
 * @param manager name of the fund manager or, for a service, of the broker
 * @param term {@code short}, {@code medium} or {@code long}; null when it has none
 * @param objective {@code preservation}, {@code income}, {@code growth} or {@code aggressive}
 * @param status {@code on_sale} or {@code closed}
 * @param statements required statements by element (fee, benchmark, document_url, ...)
 */
public record Product(
    String code,
    String name,
    String type,
    ProductRisk managerRisk,
    ProductRisk brokerRisk,
    String manager,
    @Nullable String term,
    String objective,
    String status,
    Map<String, String> statements) {

  public Product {
    statements = Map.copyOf(statements);
  }

  /** The grade that counts: never lower than the manager's (中基协发〔2026〕13号). */
  public ProductRisk risk() {
    return ProductRisk.max(managerRisk, brokerRisk);
  }

  /** Whether it may be offered at all. */
  public boolean onSale() {
    return status.equals("on_sale");
  }
}
