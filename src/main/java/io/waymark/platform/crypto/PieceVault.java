package io.waymark.platform.crypto;

import org.springframework.stereotype.Component;

/** Seals what waits in the database for a short while and concerns many customers at once. */
@Component
public class PieceVault {

  private final MasterKey master;

  PieceVault(MasterKey master) {
    this.master = master;
  }

  /**
   * Seals bytes.
   *
   * @param owner id of what they belong to; they open for it alone
   */
  public byte[] seal(long owner, byte[] clear) {
    return AesGcm.seal(master.forPieces(), owner, clear);
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws IllegalStateException when it was changed or belongs to another owner
   */
  public byte[] open(long owner, byte[] sealed) {
    return AesGcm.open(master.forPieces(), owner, sealed);
  }
}
