package io.waymark.channel.smpp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as it travels: UCS-2, 140 bytes a part. A longer one is split so that every part leaves
 * room for the six bytes by which telephones put it together (3GPP TS 23.040), and never within a
 * surrogate pair.
 */
public final class SmppText {

  static final int ONE_PART_CHARS = 70;
  static final int PART_CHARS = 67;
  private static final int HEADER_BYTES = 6;
  private static final int MOST_PARTS = 255;

  private SmppText() {}

  /**
   * The parts, without headers.
   *
   * @throws IllegalArgumentException when there would be more than the protocol can count
   */
  static List<byte[]> split(String text) {
    if (text.length() <= ONE_PART_CHARS) {
      return List.of(bytes(text));
    }
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + PART_CHARS);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      parts.add(bytes(text.substring(from, to)));
      from = to;
    }
    if (parts.size() > MOST_PARTS) {
      throw new IllegalArgumentException("a text message has at most 255 parts");
    }
    return parts;
  }

  /** A part behind the header that says which one of how many it is. */
  static byte[] withHeader(byte[] part, int reference, int total, int number) {
    return ByteBuffer.allocate(HEADER_BYTES + part.length)
        .put(new byte[] {5, 0, 3, (byte) reference, (byte) total, (byte) number})
        .put(part)
        .array();
  }

  /**
   * The words of a message that came in.
   *
   * @param headed whether a user data header stands in front
   * @param coding {@code data_coding}; 8 is UCS-2, others are read as Latin-1
   */
  public static String read(byte[] message, boolean headed, byte coding) {
    int from = headed && message.length > 0 ? Math.min(message.length, 1 + (message[0] & 0xff)) : 0;
    return new String(
        message,
        from,
        message.length - from,
        coding == 8 ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_16BE);
  }
}
