package io.waymark.contact;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Who is not to be marketed to for a while, and why. */
@Component
public class Suppressions {

  /**
   * Stops marketing to a customer until a moment; a later end of the same reason prolongs it.
   *
   * @throws IllegalArgumentException when the customer is unknown
   */
  public void suppress(long customerId, String reason, Instant until, String actor) {
    throw new IllegalStateException("not yet built");
  }

  /** Ends a suppression early; nothing happens when there is none of this reason. */
  public void release(long customerId, String reason, String actor) {
    throw new IllegalStateException("not yet built");
  }

  /** Suppressions in force at a moment, by customer; a customer without one is absent. */
  public Map<Long, List<Suppression>> active(Collection<Long> customerIds, Instant now) {
    throw new IllegalStateException("not yet built");
  }
}
