package io.waymark.customer;

import io.waymark.platform.Channel;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Clear addresses. */
@Component
public class Addresses {

  public Map<Long, String> of(Collection<Long> customerIds, Channel channel) {
    throw new IllegalStateException("not yet built");
  }
}
