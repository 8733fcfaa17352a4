package io.waymark.console.api;

import org.jspecify.annotations.Nullable;

/** What every row must say. */
final class Fields {

  private Fields() {}

  /**
   * @throws RefusedRow when the field is missing or blank
   */
  static <T> T required(String field, @Nullable T value) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      throw new RefusedRow(field, "missing_field", "缺少字段“%s”，请补充。".formatted(field));
    }
    return value;
  }
}
