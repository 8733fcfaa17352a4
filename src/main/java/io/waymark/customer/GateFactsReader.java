package io.waymark.customer;

import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Facts for the gates. */
@Component
public class GateFactsReader {

  public Map<Long, GateFacts> read(Collection<Long> customerIds) {
    throw new IllegalStateException("not yet built");
  }
}
