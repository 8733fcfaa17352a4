package io.waymark.product;

/** Risk grade of a product, R1 lowest to R5 highest (适当性管理办法 art. 16-17, 36). */
public enum ProductRisk {
  R1,
  R2,
  R3,
  R4,
  R5;

  /** The grade as a number, 1 to 5, comparable with a customer's. */
  public int grade() {
    return ordinal() + 1;
  }

  /** The riskier of two grades. */
  public static ProductRisk max(ProductRisk one, ProductRisk other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
