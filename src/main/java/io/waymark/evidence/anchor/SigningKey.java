package io.waymark.evidence.anchor;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** The broker's Ed25519 key for anchors and packs. Its id is the fingerprint of the public half. */
public final class SigningKey {

  private static final String ALGORITHM = "Ed25519";
  // What PKCS#8 and X.509 put before the 32 bytes of a key (RFC 8410).
  private static final byte[] PRIVATE_HEAD =
      HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final byte[] PUBLIC_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int SEED = 32;

  private final PrivateKey secret;
  private final byte[] open;

  private SigningKey(byte[] seed) throws GeneralSecurityException {
    this.secret =
        KeyFactory.getInstance(ALGORITHM)
            .generatePrivate(new PKCS8EncodedKeySpec(concat(PRIVATE_HEAD, seed)));
    this.open =
        concat(PUBLIC_HEAD, new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded());
  }

  /**
   * Reads a private key.
   *
   * @param text PKCS#8 in PEM or Base64, as {@code openssl genpkey -algorithm ed25519} writes it
   * @throws IllegalArgumentException with a Chinese sentence when it is none
   */
  public static SigningKey of(String text) {
    try {
      String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      byte[] encoded = Base64.getDecoder().decode(base64);
      int head = PRIVATE_HEAD.length;
      if (encoded.length != head + SEED
          || !Arrays.equals(encoded, 0, head, PRIVATE_HEAD, 0, head)) {
        throw new IllegalArgumentException("not an Ed25519 key");
      }
      return new SigningKey(Arrays.copyOfRange(encoded, head, head + SEED));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "waymark.evidence.signing-key 必须是 Ed25519 私钥（PKCS#8，PEM 或 Base64）；"
              + "可用 openssl genpkey -algorithm ed25519 生成。",
          e);
    }
  }

  /** A key in PEM that {@link #of} reads. */
  static String fresh(byte[] seed) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getEncoder().encodeToString(concat(PRIVATE_HEAD, seed))
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** SHA-256 of the public key, in hexadecimal: what a broker publishes for others to compare. */
  public String id() {
    return fingerprint(open);
  }

  /** The public key, X.509. */
  public byte[] publicKey() {
    return open.clone();
  }

  public byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime from 15 on has " + ALGORITHM, e);
    }
  }

  /** Whether a signature is by the owner of a public key (X.509); a broken one is by nobody. */
  public static boolean verifies(byte[] publicKey, byte[] text, byte[] signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException broken) {
      return false;
    }
  }

  /** SHA-256 of a public key, in hexadecimal. */
  public static String fingerprint(byte[] publicKey) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(publicKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** A public key as {@code openssl} reads it. */
  public static String pem(byte[] publicKey) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getEncoder().encodeToString(publicKey)
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] whole = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, whole, head.length, tail.length);
    return whole;
  }

  @Override
  public String toString() {
    return "SigningKey[" + id() + "]";
  }
}
