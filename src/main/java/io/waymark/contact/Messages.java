package io.waymark.contact;

import io.waymark.platform.staff.BranchScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The message log: what was sent, what was withheld and why. */
@Component
public class Messages {

  /** Messages that fit the filter, newest first. */
  public List<MessageRecord> page(MessageFilter filter, BranchScope scope, int offset, int limit) {
    throw new IllegalStateException("not yet built");
  }

  /** How many messages fit the filter. */
  public long count(MessageFilter filter, BranchScope scope) {
    throw new IllegalStateException("not yet built");
  }

  /** The newest 200 messages of one customer, newest first. */
  public List<MessageRecord> ofCustomer(long customerId) {
    throw new IllegalStateException("not yet built");
  }

  /** The frozen text of one message; empty when there is none or the scope does not cover it. */
  public Optional<String> text(UUID messageId, BranchScope scope) {
    throw new IllegalStateException("not yet built");
  }

  /** How many messages were withheld since then, by reason, most frequent first. */
  public Map<WithheldReason, Long> withheldByReason(BranchScope scope, Instant since) {
    throw new IllegalStateException("not yet built");
  }
}
