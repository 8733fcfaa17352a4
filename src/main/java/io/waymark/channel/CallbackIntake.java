package io.waymark.channel;

import io.waymark.channel.ReceiptRefusedException.Reason;
import java.util.List;
import java.util.Map;

/**
 * The door vendors' own callbacks come in by; each is believed and read by its own {@link
 * CallbackReader}. Listeners recognise what comes twice.
 */
public final class CallbackIntake {

  private final Map<String, CallbackReader> readers;
  private final List<ReceiptListener> receipts;
  private final List<ReplyListener> replies;

  /**
   * @param readers by {@link Provider#name()}
   */
  public CallbackIntake(
      Map<String, CallbackReader> readers,
      List<ReceiptListener> receipts,
      List<ReplyListener> replies) {
    this.readers = Map.copyOf(readers);
    this.receipts = List.copyOf(receipts);
    this.replies = List.copyOf(replies);
  }

  /**
   * Reads one callback and passes on what it says.
   *
   * @param provider {@link Provider#name()} from the address it came to
   * @throws ReceiptRefusedException when it must not be believed; no listener was called
   */
  public Callback accept(String provider, CallbackRequest request) {
    CallbackReader reader = readers.get(provider);
    if (reader == null) {
      throw new ReceiptRefusedException(Reason.UNKNOWN_PROVIDER, "没有配置该名称的服务商，请核对回调地址和服务商配置");
    }
    if (request.body().length > ReceiptIntake.MAX_BODY) {
      throw new ReceiptRefusedException(Reason.TOO_LARGE, "回调内容过大，请服务商分批推送");
    }
    Callback callback = reader.read(request);
    pass(callback.receipts(), callback.replies());
    return callback;
  }

  private void pass(List<Receipt> ended, List<Reply> written) {
    if (!ended.isEmpty()) {
      receipts.forEach(listener -> listener.received(ended));
    }
    if (!written.isEmpty()) {
      replies.forEach(listener -> listener.replied(written));
    }
  }
}
