package io.waymark.console;

import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingRefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.springframework.web.multipart.MultipartFile;

/** The files of a journey as they come from and go to a person's disk: loose, or in one ZIP. */
final class HandedFiles {

  private static final Pattern NAME =
      Pattern.compile("<(?:\\w+:)?process\\b[^>]*?\\sname=\"([^\"<&]{1,80})\"");

  private HandedFiles() {}

  /**
   * Reads what was chosen; a ZIP is unpacked.
   *
   * @throws DrawingRefusedException in Chinese when it is not one journey
   */
  static DrawingFiles read(List<MultipartFile> sent) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (MultipartFile file : sent) {
      String name = plain(Objects.requireNonNullElse(file.getOriginalFilename(), ""));
      if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
        unpack(file.getBytes(), files);
      } else if (!name.isEmpty()) {
        put(files, name, file.getBytes());
      }
    }
    return DrawingFiles.ofBytes(files);
  }

  /** All files in one ZIP. */
  static byte[] zip(DrawingFiles files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> file : files.bytes().entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  /** What the drawing calls itself; the name of its file when it says nothing. */
  static String title(DrawingFiles files) {
    Matcher named = NAME.matcher(files.drawing());
    String file = files.drawingName();
    return named.find() ? named.group(1) : file.substring(0, file.lastIndexOf('.'));
  }

  private static void unpack(byte[] zipped, Map<String, byte[]> files) throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(zipped), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          // One byte more than may be: enough to know that it is too much.
          put(files, plain(entry.getName()), zip.readNBytes(DrawingFiles.LARGEST_BYTES + 1));
        }
        if (files.size() > DrawingFiles.MOST) {
          throw new DrawingRefusedException(
              "too_many", "ZIP 里超过 " + DrawingFiles.MOST + " 个文件,请只放一条旅程的文件。");
        }
      }
    } catch (ZipException | IllegalArgumentException damaged) {
      throw new DrawingRefusedException("zip", "ZIP 文件已损坏或编码不对,请重新打包后再试。");
    }
  }

  private static void put(Map<String, byte[]> files, String name, byte[] bytes) {
    int dot = name.lastIndexOf('.');
    String known =
        dot < 0 ? name : name.substring(0, dot) + name.substring(dot).toLowerCase(Locale.ROOT);
    if (files.putIfAbsent(known, bytes) != null) {
      throw new DrawingRefusedException("same_name", "有两个文件都叫“" + known + "”,请去掉一个。");
    }
  }

  /** The file's own name; some browsers send the folders on the sender's machine too. */
  private static String plain(String sent) {
    String name = sent.replace('\\', '/');
    return name.substring(name.lastIndexOf('/') + 1).strip();
  }
}
