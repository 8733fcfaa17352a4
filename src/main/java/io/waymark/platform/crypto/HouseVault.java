package io.waymark.platform.crypto;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;

/**
 * Seals what belongs to the house and to no customer, such as access tokens of providers that all
 * nodes share through the database.
 */
public final class HouseVault {

  /** No customer has this number, so nothing sealed here opens as a customer's. */
  private static final long NOBODY = 0;

  private final SecretKey key;

  HouseVault(MasterKey master) {
    this.key = master.forHouse();
  }

  /** Sealed bytes of a text; different each time. */
  public byte[] seal(String clear) {
    return AesGcm.seal(key, NOBODY, clear.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text again.
   *
   * @throws IllegalStateException when the bytes were changed or sealed under another master key
   */
  public String open(byte[] sealed) {
    return new String(AesGcm.open(key, NOBODY, sealed), StandardCharsets.UTF_8);
  }
}
