package io.waymark.product;

import org.jspecify.annotations.Nullable;

/**
 * What a list of products is narrowed by; null means "any".
 *
 * @param text part of code or name
 */
public record ProductFilter(
    @Nullable String text,
    @Nullable String type,
    @Nullable ProductRisk risk,
    @Nullable String status) {

  /** Every product. */
  public static ProductFilter any() {
    return new ProductFilter(null, null, null, null);
  }
}
