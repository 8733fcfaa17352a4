package io.waymark.channel;

import io.waymark.channel.ReceiptRefusedException.Reason;
import io.waymark.platform.BatchReport;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The door receipts come in by. A batch is believed when it is signed with the provider's receipt
 * secret, is fresh, and was not taken in before by this node.
 */
public final class ReceiptIntake {

  /** Largest body that is read, in bytes. */
  public static final int MAX_BODY = 4 * 1024 * 1024;

  private final Map<String, ReceiptSource> sources;
  private final List<ReceiptListener> listeners;
  private final Clock clock;
  private final SeenRequests seen = new SeenRequests();

  /**
   * @param sources by {@link Provider#name()}
   */
  public ReceiptIntake(
      Map<String, ReceiptSource> sources, List<ReceiptListener> listeners, Clock clock) {
    this.sources = Map.copyOf(sources);
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
  }

  /**
   * Verifies, reads and passes on one batch of receipts:
   *
   * <pre>{"receipts": [{"receiptId": "r-1", "messageId": "…", "kind": "delivered",
   *   "at": "2026-11-22T10:00:00Z", "detail": "…"}]}</pre>
   *
   * @param provider {@link Provider#name()} from the address the batch came to
   * @param headers request headers, names in any case
   * @param body exactly the bytes that were received
   * @return how many receipts were passed on, and which rows could not be read
   * @throws ReceiptRefusedException when the batch must not be believed; no listener was called
   */
  public BatchReport accept(String provider, Map<String, String> headers, byte[] body) {
    ReceiptSource source = sources.get(provider);
    if (source == null) {
      throw new ReceiptRefusedException(Reason.UNKNOWN_PROVIDER, "没有配置名为该名称的回执来源，请核对回执地址和服务商配置");
    }
    if (body.length > MAX_BODY) {
      throw new ReceiptRefusedException(Reason.TOO_LARGE, "回执批次过大，请服务商分批推送");
    }
    String signature = verify(source.secret(), headers, body);
    ReceiptBatch batch = ReceiptBatch.read(source.channel(), body);
    if (!seen.add(provider + " " + signature, clock.instant())) {
      throw new ReceiptRefusedException(Reason.REPLAYED, "该回执请求已经处理过，不再重复处理");
    }
    try {
      pass(batch.receipts());
    } catch (RuntimeException e) {
      // The provider is right to bring the same request again.
      seen.remove(provider + " " + signature);
      throw e;
    }
    return batch.report();
  }

  private String verify(Secret secret, Map<String, String> headers, byte[] body) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    String id = byName.get(RequestSignature.ID);
    String timestamp = byName.get(RequestSignature.TIMESTAMP);
    RequestSignature.Check check =
        RequestSignature.check(
            secret, id, timestamp, byName.get(RequestSignature.SIGNATURE), body, clock.instant());
    switch (check) {
      case MISSING ->
          throw new ReceiptRefusedException(
              Reason.SIGNATURE_MISSING,
              "回执请求缺少签名头，需要 webhook-id、webhook-timestamp 和 webhook-signature");
      case OUTSIDE_WINDOW ->
          throw new ReceiptRefusedException(
              Reason.OUTSIDE_WINDOW, "回执请求的时间与本机相差超过五分钟，请校对双方时钟后重新推送");
      case WRONG ->
          throw new ReceiptRefusedException(
              Reason.SIGNATURE_WRONG, "回执签名不符，请核对该服务商的 receipt-secret 配置");
      case VALID -> {}
    }
    return RequestSignature.sign(secret, String.valueOf(id), String.valueOf(timestamp), body);
  }

  private void pass(List<Receipt> receipts) {
    if (!receipts.isEmpty()) {
      listeners.forEach(listener -> listener.received(receipts));
    }
  }
}
