package io.waymark.customer;

import io.waymark.platform.BatchReport;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Events. */
@Component
public class CustomerEvents {

  public BatchReport accept(String source, List<IncomingEvent> events) {
    throw new IllegalStateException("not yet built");
  }

  public void record(List<InternalEvent> events) {
    throw new IllegalStateException("not yet built");
  }

  public List<CustomerEvent> ofCustomer(long customerId, Instant before, int limit) {
    throw new IllegalStateException("not yet built");
  }

  public List<CustomerEvent> since(long customerId, String type, long afterSeq) {
    throw new IllegalStateException("not yet built");
  }
}
