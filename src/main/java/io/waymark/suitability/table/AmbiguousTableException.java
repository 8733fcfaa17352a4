package io.waymark.suitability.table;

/** Several lines of a table match where only one may. */
public class AmbiguousTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AmbiguousTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
