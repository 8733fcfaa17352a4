package io.waymark.customer.tag;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One tag of one customer; a value that reads as a decimal number is also kept as one.
 *
 * @param asOf when the value was true; freshness counts from it. Null for the moment of writing
 */
public record TagValue(long customerId, String tag, String value, @Nullable Instant asOf) {

  /** A value that is true now. */
  public TagValue(long customerId, String tag, String value) {
    this(customerId, tag, value, null);
  }
}
