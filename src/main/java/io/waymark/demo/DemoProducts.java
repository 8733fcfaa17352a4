package io.waymark.demo;

import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.product.Products;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Thirty invented products from R1 to R5; none exists, no manager exists. */
@Component
@Profile("demo")
class DemoProducts {

  private static final List<String> HOUSES = List.of("远帆基金管理有限公司", "青禾基金管理有限公司", "明湖基金管理有限公司");

  private record Kind(
      String type, String name, ProductRisk risk, String term, String objective, int count) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("money_fund", "现金管理货币", ProductRisk.R1, "short", "preservation", 4),
          new Kind("repo", "国债逆回购", ProductRisk.R1, "short", "preservation", 1),
          new Kind("bond_fund", "稳健纯债债券", ProductRisk.R2, "medium", "income", 6),
          new Kind("mixed_fund", "均衡配置混合", ProductRisk.R3, "medium", "growth", 6),
          new Kind("equity_fund", "沪深宽基指数股票", ProductRisk.R3, "long", "growth", 3),
          new Kind("equity_fund", "行业主题股票", ProductRisk.R4, "long", "growth", 5),
          new Kind("qdii", "全球精选股票(QDII)", ProductRisk.R4, "long", "growth", 2),
          new Kind("equity_fund", "量化对冲", ProductRisk.R5, "long", "aggressive", 2),
          new Kind("margin", "融资融券业务", ProductRisk.R4, "long", "aggressive", 1));

  private final Products products;

  DemoProducts(Products products) {
    this.products = products;
  }

  static List<Product> all() {
    List<Product> all = new ArrayList<>();
    for (Kind kind : KINDS) {
      for (int n = 0; n < kind.count(); n++) {
        all.add(product(kind, n, all.size()));
      }
    }
    return all;
  }

  private static Product product(Kind kind, int n, int position) {
    boolean fund = kind.type().endsWith("fund") || kind.type().equals("qdii");
    String manager = fund ? HOUSES.get(n % HOUSES.size()) : "路标证券股份有限公司(演示)";
    String name = fund ? manager.substring(0, 2) + kind.name() + (char) ('A' + n) : kind.name();
    return new Product(
        kind.type().equals("margin")
            ? "MARGIN"
            : String.format(Locale.ROOT, "WM%04d", position + 1),
        name,
        kind.type(),
        kind.risk(),
        kind.risk(),
        manager,
        kind.term(),
        kind.objective(),
        "on_sale",
        Map.of(
            "fee", fund ? "申购费率0.10%—1.50%,以招募说明书为准" : "以公司公告为准",
            "benchmark", fund ? "以基金合同约定的业绩比较基准为准" : "不适用",
            "document_url", "https://www.example.com/products/" + (position + 1)));
  }

  void launch() {
    products.upsertAll(all(), "demo");
  }
}
