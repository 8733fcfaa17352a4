package io.waymark.content;

import java.io.IOException;
import java.io.Writer;

/** Stops a template that writes more than its channel carries. */
final class BoundedWriter extends Writer {

  /** The text grew beyond its limit. */
  static final class TooLongException extends IOException {
    TooLongException(int limit) {
      super("more than %d characters".formatted(limit));
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final int limit;

  BoundedWriter(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    if (text.length() + length > limit) {
      throw new TooLongException(limit);
    }
    text.append(characters, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
