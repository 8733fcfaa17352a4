package io.waymark.customer;

import io.waymark.platform.crypto.KeyedHash;
import java.util.HexFormat;

/**
 * One identity in one spelling, with the hash it is found by.
 *
 * @param value normalised clear value; never printed
 */
record Identity(IdentityType type, String value, byte[] hash) {

  static Identity of(IdentityType type, String value, KeyedHash hashes) {
    String normalised = type.normalise(value);
    return new Identity(type, normalised, hashes.of(type.code(), normalised));
  }

  /** Equal for equal identities, and fit for a log. */
  String key() {
    return key(type.code(), hash);
  }

  static String key(String type, byte[] hash) {
    return type + ':' + HexFormat.of().formatHex(hash);
  }

  String masked() {
    return type.mask(value);
  }

  @Override
  public String toString() {
    return "Identity[" + key() + "]";
  }
}
