package io.waymark.evidence.pack;

import io.waymark.platform.staff.BranchScope;
import java.util.UUID;
import java.util.function.Consumer;

/** The texts that customers were sent, implemented where messages live. */
public interface PackTexts {

  /**
   * Hands over the frozen texts of a customer's messages, one after the other; those of an erased
   * customer are gone.
   */
  void ofCustomer(long customerId, BranchScope scope, Consumer<PackText> consumer);

  /**
   * One text as it was frozen when the message was claimed; the evidence holds its hash.
   *
   * @param subject empty when it had none
   */
  record PackText(UUID messageId, String subject, String body) {

    @Override
    public String toString() {
      return "PackText[" + messageId + "]";
    }
  }
}
