package io.waymark.channel;

import io.waymark.platform.BatchReport;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The door receipts come in by. */
public final class ReceiptIntake {

  public ReceiptIntake(
      Map<String, ReceiptSource> sources, List<ReceiptListener> listeners, Clock clock) {}

  /**
   * Verifies, reads and passes on one batch of receipts.
   *
   * @param provider {@link Provider#name()} from the address the batch came to
   * @param headers request headers, names in any case
   * @param body exactly the bytes that were received
   * @return how many receipts were passed on, and which rows could not be read
   * @throws ReceiptRefusedException when the batch must not be believed; no listener was called
   */
  public BatchReport accept(String provider, Map<String, String> headers, byte[] body) {
    throw new IllegalStateException("not yet built");
  }
}
