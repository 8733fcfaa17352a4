package io.waymark.platform;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The problems of one batch, collected row by row. */
public final class RowProblems {

  private final List<RowProblem> found = new ArrayList<>();

  /** What was found so far, in the order found. */
  public List<RowProblem> all() {
    return found;
  }

  /** Always false, so that a check can say {@code return problems.refuse(...)}. */
  public boolean refuse(int position, String field, String code, String message) {
    found.add(new RowProblem(position, field, code, message));
    return false;
  }

  /** The row names nobody we know. */
  public boolean unknownCustomer(int position) {
    return refuse(position, "customer", "unknown_customer", "找不到该客户,请先导入客户资料");
  }

  /** Records filled from JSON can lack what their type promises. */
  public static boolean missing(@Nullable Object value) {
    return value == null;
  }

  /** Missing, or nothing but spaces. */
  public static boolean blank(@Nullable String value) {
    return value == null || value.isBlank();
  }

  /** PostgreSQL cannot keep the character NUL in a text. */
  public static boolean unstorable(@Nullable String value) {
    return value != null && value.indexOf(0) >= 0;
  }

  /** PostgreSQL keeps microseconds; what is compared with it must not have more. */
  public static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }
}
