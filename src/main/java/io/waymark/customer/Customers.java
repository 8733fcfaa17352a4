package io.waymark.customer;

import io.waymark.platform.BatchReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The customers. */
@Component
public class Customers {

  public BatchReport importAll(List<CustomerRecord> records, String actor) {
    throw new IllegalStateException("not yet built");
  }

  public BatchReport importFile(CustomerFile file, String actor) {
    throw new IllegalStateException("not yet built");
  }

  public Map<String, Long> idsOf(Collection<String> refsOrIdentities) {
    throw new IllegalStateException("not yet built");
  }

  public Map<Long, String> refsOf(Collection<Long> ids) {
    throw new IllegalStateException("not yet built");
  }
}
