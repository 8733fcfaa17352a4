package io.waymark.customer;

import io.waymark.platform.BatchReport;
import io.waymark.platform.staff.BranchScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  public Optional<CustomerProfile> find(String refOrIdentity, BranchScope scope) {
    throw new IllegalStateException("not yet built");
  }

  public List<CustomerProfile> page(
      CustomerFilter filter, BranchScope scope, int offset, int limit) {
    throw new IllegalStateException("not yet built");
  }

  public long count(CustomerFilter filter, BranchScope scope) {
    throw new IllegalStateException("not yet built");
  }
}
