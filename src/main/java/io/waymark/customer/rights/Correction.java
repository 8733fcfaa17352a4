package io.waymark.customer.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to correct what is held of a person.
 *
 * @param field {@code name}, {@code birthDate} or {@code identity.<type>}
 * @param masked the new value as screens may show it
 * @param status {@code requested}, {@code declined} or {@code done}
 * @param decidedAt null while it waits for the second person
 */
public record Correction(
    long id,
    long customerId,
    String ref,
    String branch,
    String field,
    String masked,
    String reason,
    Instant requestedAt,
    String requestedBy,
    String status,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy) {

  /** Whether it waits for the second person. */
  public boolean open() {
    return status.equals("requested");
  }
}
