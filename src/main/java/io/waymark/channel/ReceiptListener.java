package io.waymark.channel;

import java.util.List;

/** Takes verified receipts. */
public interface ReceiptListener {

  /**
   * Called once for each batch in the thread that took it in. Must be idempotent by {@link
   * Receipt#providerReceiptId()}; an exception makes the provider send the whole batch again.
   */
  void received(List<Receipt> receipts);
}
