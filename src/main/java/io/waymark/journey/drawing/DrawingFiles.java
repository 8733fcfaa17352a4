package io.waymark.journey.drawing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of one journey: one drawing with its decision tables and forms. What they say is not
 * looked into here; a half-drawn journey is worth keeping too.
 *
 * @param texts content by file name, sorted by name
 */
public record DrawingFiles(Map<String, String> texts) {

  /** Most files of one journey, as at the door for uploads. */
  public static final int MOST = 20;

  /** Most bytes of one file in UTF-8, as at the engine's door. */
  public static final int LARGEST_BYTES = 2 * 1024 * 1024;

  private static final int LARGEST_TOGETHER = 4 * 1024 * 1024;
  private static final String BPMN = ".bpmn";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()()-]{0,79}\\.(bpmn|dmn|form)");

  /**
   * @throws DrawingRefusedException when there is not exactly one drawing, a name is no plain file
   *     name, or there is too much
   */
  public DrawingFiles {
    texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    if (texts.keySet().stream().filter(name -> name.endsWith(BPMN)).count() != 1) {
      throw new DrawingRefusedException("one_drawing", "需要恰好一个 .bpmn 文件,请重新选择。");
    }
    if (texts.size() > MOST) {
      throw new DrawingRefusedException("too_many", "一次最多 " + MOST + " 个文件,请减少后再试。");
    }
    int together = 0;
    for (Map.Entry<String, String> file : texts.entrySet()) {
      together += checked(file.getKey(), file.getValue());
    }
    if (together > LARGEST_TOGETHER) {
      throw new DrawingRefusedException("too_large", "文件合计超过 4 MB,请精简后再试。");
    }
  }

  /**
   * Reads files as they come from a disk or a deployment; a byte order mark is left out.
   *
   * @throws DrawingRefusedException also when a file is not UTF-8
   */
  public static DrawingFiles ofBytes(Map<String, byte[]> files) {
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, bytes) -> texts.put(name, decoded(name, bytes)));
    return new DrawingFiles(texts);
  }

  /** Name of the drawing among the files. */
  public String drawingName() {
    return texts.keySet().stream().filter(name -> name.endsWith(BPMN)).findFirst().orElseThrow();
  }

  /** The drawing itself, BPMN 2.0 XML. */
  public String drawing() {
    return texts.get(drawingName());
  }

  /** What goes to a check or a deployment: content in UTF-8 by file name. */
  public Map<String, byte[]> bytes() {
    Map<String, byte[]> bytes = new TreeMap<>();
    texts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  /** SHA-256 over names and contents, in hexadecimal. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      bytes()
          .forEach(
              (name, bytes) -> {
                byte[] named = name.getBytes(StandardCharsets.UTF_8);
                digest.update(
                    ByteBuffer.allocate(8).putInt(named.length).putInt(bytes.length).array());
                digest.update(named);
                digest.update(bytes);
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static int checked(String name, String text) {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw new DrawingRefusedException(
          "file_name", "文件名“" + shortened(name) + "”不可用:只接受 .bpmn、.dmn、.form,名称用文字、数字和连字符。");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (text.isBlank()) {
      throw new DrawingRefusedException("empty", "文件“" + name + "”是空的,请重新选择。");
    }
    if (bytes > LARGEST_BYTES) {
      throw new DrawingRefusedException("too_large", "文件“" + name + "”超过 2 MB,请精简后再试。");
    }
    if (text.indexOf('\0') >= 0) {
      throw new DrawingRefusedException("not_text", "文件“" + name + "”不是文本文件,请重新选择。");
    }
    return bytes;
  }

  private static String decoded(String name, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException other) {
      throw new DrawingRefusedException(
          "encoding", "文件“" + shortened(name) + "”不是 UTF-8 编码,请另存为 UTF-8 后再试。");
    }
  }

  private static String shortened(String name) {
    return name.length() > 60 ? name.substring(0, 60) + "…" : name;
  }
}
