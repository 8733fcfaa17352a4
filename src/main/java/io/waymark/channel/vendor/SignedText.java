package io.waymark.channel.vendor;

import java.util.Optional;

/** The signature in front of a text message (短信签名): vendors put it there themselves. */
public final class SignedText {

  private SignedText() {}

  /**
   * The text without its 【signature】. Empty when it carries another one: the customer would read a
   * sender that was not approved.
   */
  public static Optional<String> without(String signature, String text) {
    String own = "【" + signature + "】";
    if (text.startsWith(own)) {
      return Optional.of(text.substring(own.length()));
    }
    return text.startsWith("【") ? Optional.empty() : Optional.of(text);
  }
}
