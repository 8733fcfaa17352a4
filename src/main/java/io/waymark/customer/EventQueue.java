package io.waymark.customer;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Queue. */
@Component
public class EventQueue {

  public List<QueuedEvent> lockNext(int max, Instant now) {
    throw new IllegalStateException("not yet built");
  }

  public void done(Collection<Long> seqs) {
    throw new IllegalStateException("not yet built");
  }

  public void retryAt(long seq, Instant when, String reason) {
    throw new IllegalStateException("not yet built");
  }

  public void redeliver(long seq, long participationId) {
    throw new IllegalStateException("not yet built");
  }
}
