package io.waymark.customer;

/** Risk tolerance of an assessed customer, C1 lowest to C5 highest (适当性指引: C1-C5). */
public enum RiskTolerance {
  C1,
  C2,
  C3,
  C4,
  C5;

  /** The grade as a number, 1 to 5, comparable with a product's. */
  public int grade() {
    return ordinal() + 1;
  }
}
