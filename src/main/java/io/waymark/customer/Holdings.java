package io.waymark.customer;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Holdings. */
@Component
public class Holdings {

  public void replaceAll(Map<Long, List<Holding>> holdings) {
    throw new IllegalStateException("not yet built");
  }

  public List<Holding> of(long customerId) {
    throw new IllegalStateException("not yet built");
  }
}
