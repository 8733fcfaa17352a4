package io.waymark.evidence.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP file that knows the hash of everything in it. */
final class PackFile implements AutoCloseable {

  private final ZipOutputStream zip;
  private final Map<String, String> hashes = new LinkedHashMap<>();

  PackFile(OutputStream out) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  /** Writes the content of one file. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  void add(String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    MessageDigest digest = sha256();
    DigestOutputStream out = new DigestOutputStream(new Unclosed(zip), digest);
    content.write(out);
    out.flush();
    zip.closeEntry();
    hashes.put(name, HexFormat.of().formatHex(digest.digest()));
  }

  void add(String name, byte[] content) throws IOException {
    add(name, out -> out.write(content));
  }

  void add(String name, String content) throws IOException {
    add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The list of everything written so far, one file per line: hash, two spaces, name. */
  String manifest() {
    StringBuilder lines = new StringBuilder();
    hashes.forEach((name, hash) -> lines.append(hash).append("  ").append(name).append('\n'));
    return lines.toString();
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Libraries close what they write to; an entry ends here and the file goes on. */
  private static final class Unclosed extends OutputStream {

    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
