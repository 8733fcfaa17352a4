package io.waymark.console.api;

import io.waymark.platform.RowProblem;

/** One row of a batch that cannot be read; the others are kept. */
final class RefusedRow extends RuntimeException {

  private final String field;
  private final String code;

  RefusedRow(String field, String code, String message) {
    super(message);
    this.field = field;
    this.code = code;
  }

  RowProblem at(int position) {
    return new RowProblem(position, field, code, getMessage());
  }
}
