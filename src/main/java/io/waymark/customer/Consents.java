package io.waymark.customer;

import io.waymark.platform.BatchReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Consents. */
@Component
public class Consents {

  public BatchReport record(List<ConsentChange> changes, String actor) {
    throw new IllegalStateException("not yet built");
  }

  public Map<Long, ConsentMatrix> of(Collection<Long> customerIds) {
    throw new IllegalStateException("not yet built");
  }
}
