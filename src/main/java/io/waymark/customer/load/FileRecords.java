package io.waymark.customer.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file of any size into records, holding no more than one in memory. In comma-separated text
 * a record goes on over line ends inside quotes, but only when it then has as many fields as the
 * header: a quote somebody forgot to close spoils its own line and not the rest of the file.
 *
 * <p>The file is UTF-8, or GB18030 when its beginning is no UTF-8, as Excel in China writes it. A
 * single line cannot tell: 小 in the one is С in the other. In both, no byte of a longer character
 * looks like a line end or a quote.
 */
final class FileRecords {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int LONGEST_LINE = 1 << 20;
  private static final int MOST_LINES = 50;

  private final InputStream in;
  private final ImportFormat format;
  private final byte[] buffer = new byte[1 << 18];
  private final Deque<String> pushedBack = new ArrayDeque<>();
  private int columns;
  private int at;
  private int filled;
  private long read;
  private boolean begun;
  private Charset charset = StandardCharsets.UTF_8;

  /**
   * @param columns how many fields the header has; 0 when it is still to be read as the first
   *     record
   */
  FileRecords(InputStream in, ImportFormat format, int columns) {
    this.in = in;
    this.format = format;
    this.columns = columns;
  }

  /** Bytes read so far. */
  long bytes() {
    return read;
  }

  /** The next record that is not blank, without its line end; null at the end. */
  @Nullable String next() throws IOException {
    String line = line();
    while (line != null && line.isBlank()) {
      line = line();
    }
    if (line == null || format == ImportFormat.NDJSON) {
      return line;
    }
    CsvLine row = CsvLine.of(line);
    if (columns == 0) {
      columns = Math.max(1, row.fields().size());
      return line;
    }
    return row.state() == CsvLine.State.OPEN ? joined(line) : line;
  }

  /** The lines a quoted field goes over, if they make a whole row; else the first line alone. */
  private String joined(String first) throws IOException {
    StringBuilder text = new StringBuilder(first);
    List<String> taken = new ArrayList<>();
    while (taken.size() < MOST_LINES && text.length() < LONGEST_LINE) {
      String more = line();
      if (more == null) {
        break;
      }
      taken.add(more);
      text.append('\n').append(more);
      CsvLine row = CsvLine.of(text.toString());
      if (row.state() == CsvLine.State.COMPLETE && row.fields().size() == columns) {
        return text.toString();
      }
      if (row.state() != CsvLine.State.OPEN) {
        break;
      }
    }
    for (int i = taken.size() - 1; i >= 0; i--) {
      pushedBack.addFirst(taken.get(i));
    }
    return first;
  }

  private @Nullable String line() throws IOException {
    if (!pushedBack.isEmpty()) {
      return pushedBack.removeFirst();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    boolean some = false;
    while (fill()) {
      some = true;
      int end = at;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      if (bytes.size() < LONGEST_LINE) {
        bytes.write(buffer, at, end - at);
      }
      boolean ended = end < filled;
      at = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    return some ? text(bytes.toByteArray()) : null;
  }

  private String text(byte[] bytes) {
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    String text = new String(bytes, 0, length, charset);
    if (!begun) {
      begun = true;
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
    return text;
  }

  /** Whether the beginning of the file is UTF-8; its last character may be cut in two. */
  private boolean looksLikeUtf8() {
    CharBuffer text = CharBuffer.allocate(filled);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, 0, filled), text, false);
    return !result.isError();
  }

  private boolean fill() throws IOException {
    if (at < filled) {
      return true;
    }
    at = 0;
    filled = in.readNBytes(buffer, 0, buffer.length);
    if (read == 0 && format == ImportFormat.CSV && !looksLikeUtf8()) {
      charset = GB18030;
    }
    read += filled;
    return filled > 0;
  }
}
