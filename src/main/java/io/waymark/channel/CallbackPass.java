package io.waymark.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The unguessable part of a callback address. Some vendors do not sign their callbacks; whoever
 * knows this part is then taken for the vendor, so it stays out of logs and pages.
 *
 * @param clear as configured; empty lets nobody in
 */
public record CallbackPass(String clear) {

  /**
   * @throws ReceiptRefusedException when the request does not carry it
   */
  public void require(CallbackRequest request) {
    boolean same =
        MessageDigest.isEqual(
            clear.getBytes(StandardCharsets.UTF_8),
            request.pass().getBytes(StandardCharsets.UTF_8));
    if (clear.isEmpty() || !same) {
      throw new ReceiptRefusedException(
          ReceiptRefusedException.Reason.SIGNATURE_WRONG,
          "回调地址的口令不符，请核对服务商控制台登记的地址和 waymark.channel.callback-pass");
    }
  }

  @Override
  public String toString() {
    return "CallbackPass[***]";
  }
}
