package io.waymark.customer.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to erase a person.
 *
 * @param ref the customer's number, which stays so that an import does not make the person anew
 * @param status {@code requested}, {@code declined} or {@code done}
 * @param decidedAt null while it waits for the second person
 */
public record Erasure(
    long id,
    long customerId,
    String ref,
    String branch,
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
