package io.waymark.platform.database;

import org.jspecify.annotations.Nullable;

/** There is no database to start with; says in Chinese what is wrong and what to do. */
public class DatabaseUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String advice;

  DatabaseUnavailableException(String message, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** What the reader should do. */
  public String advice() {
    return advice;
  }
}
