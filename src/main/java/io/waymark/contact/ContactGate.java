package io.waymark.contact;

import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Asks the whole chain of gates, rendering and scan included, without sending: the
 * compliance-review step of a journey and the question "why not" of a screen.
 */
@Component
public class ContactGate {

  /**
   * The verdict the gate would give now to each request, in the order of the requests. Writes one
   * verdict row of kind {@code check} for each request that belongs to a participation; reserves
   * nothing.
   */
  public List<Verdict> check(List<ContactRequest> requests) {
    throw new IllegalStateException("not yet built");
  }
}
