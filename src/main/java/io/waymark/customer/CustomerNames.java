package io.waymark.customer;

import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Clear names. */
@Component
public class CustomerNames {

  public String clear(long customerId) {
    throw new IllegalStateException("not yet built");
  }

  public Map<Long, String> clearAll(Collection<Long> customerIds) {
    throw new IllegalStateException("not yet built");
  }
}
