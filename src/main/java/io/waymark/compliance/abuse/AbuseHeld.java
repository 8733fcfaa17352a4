package io.waymark.compliance.abuse;

import java.util.Map;

/**
 * Customers are held for a case, or held no longer; announced inside the transaction that says so.
 *
 * @param customers branch by customer
 * @param held false when they are let go
 * @param actor user name, or {@code system}
 */
public record AbuseHeld(long caseId, Map<Long, String> customers, boolean held, String actor) {

  public AbuseHeld {
    customers = Map.copyOf(customers);
  }
}
