package io.waymark.channel;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Passes on what came by another way than an HTTP request: a kept connection, a mailbox, a question
 * asked. Listeners are found when they are needed, because they stand above the providers.
 */
@Component
public class Inbound {

  private final ObjectProvider<ReceiptListener> receipts;
  private final ObjectProvider<ReplyListener> replies;

  public Inbound(ObjectProvider<ReceiptListener> receipts, ObjectProvider<ReplyListener> replies) {
    this.receipts = receipts;
    this.replies = replies;
  }

  /** An exception means that nothing was kept and the same must be brought again. */
  public void pass(List<Receipt> ended, List<Reply> written) {
    if (!ended.isEmpty()) {
      receipts.orderedStream().forEach(listener -> listener.received(ended));
    }
    if (!written.isEmpty()) {
      replies.orderedStream().forEach(listener -> listener.replied(written));
    }
  }
}
