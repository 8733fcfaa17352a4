package io.waymark.contact;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only way a message comes into being: claim, gates, frozen text, verdict, outbox and evidence
 * commit with the step of the journey that asked.
 */
@Component
public class MessageSender {

  /**
   * Sends each request at most once, ever. No network; a constant number of statements whatever the
   * number of requests. Customers are locked in ascending order of their id, so a caller that sends
   * several times in one transaction does it in that order too.
   *
   * @return one result for each request, in their order
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<SendResult> send(List<ContactRequest> requests) {
    throw new IllegalStateException("not yet built");
  }
}
