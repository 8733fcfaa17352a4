package io.waymark.customer;

import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tags. */
@Component
public class CustomerTags {

  public void set(long customerId, String tag, String value, String actor) {
    throw new IllegalStateException("not yet built");
  }

  public void setAll(Collection<TagValue> values, String actor) {
    throw new IllegalStateException("not yet built");
  }

  public Map<Long, Map<String, String>> of(Collection<Long> customerIds, Collection<String> tags) {
    throw new IllegalStateException("not yet built");
  }
}
