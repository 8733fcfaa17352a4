package io.waymark.platform.crypto;

/**
 * A clear text and the customer whose key shall seal it.
 *
 * @param clear personal data; this record never prints it
 */
public record Sealable(long customerId, String clear) {

  @Override
  public String toString() {
    return "Sealable[customerId=" + customerId + "]";
  }
}
