package io.waymark.channel.simulator;

/** Addresses as they may be shown. */
final class Masked {

  private Masked() {}

  /**
   * {@code 138****1234}, {@code z***@example.com}; what is neither is cut after three characters.
   */
  static String address(String address) {
    int at = address.indexOf('@');
    if (at > 0) {
      return address.charAt(0) + "***" + address.substring(at);
    }
    if (address.matches("\\+?\\d{7,20}")) {
      return address.substring(0, 3) + "****" + address.substring(address.length() - 4);
    }
    return address.startsWith("/")
        ? address
        : address.substring(0, Math.min(3, address.length())) + "***";
  }
}
