package io.waymark.channel;

/** Believes or refuses a provider's callback, in the provider's own way, and reads it. */
public interface CallbackReader {

  /**
   * @throws ReceiptRefusedException when the callback must not be believed or cannot be read
   */
  Callback read(CallbackRequest request);
}
