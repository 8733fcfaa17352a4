package io.waymark.customer.rights;

import java.util.List;

/**
 * A person is about to be erased; announced inside the transaction, with the customers' locks held.
 *
 * @param customerIds every record of the person
 */
public record CustomerErasing(List<Long> customerIds, String actor) {

  public CustomerErasing {
    customerIds = List.copyOf(customerIds);
  }
}
