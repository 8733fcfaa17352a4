package io.waymark.content;

import org.jspecify.annotations.Nullable;

/** A text could not be rendered; names template, line and variable, never a customer's value. */
public class RenderException extends RuntimeException {

  private final String template;
  private final int line;
  private final @Nullable String variable;

  RenderException(String template, int line, @Nullable String variable, String message) {
    super(message);
    this.template = template;
    this.line = line;
    this.variable = variable;
  }

  /** Code of the template. */
  public String template() {
    return template;
  }

  /** 1-based line; 0 when it is not one line's fault. */
  public int line() {
    return line;
  }

  /** The variable that is missing or not allowed; null when it is not one variable's fault. */
  public @Nullable String variable() {
    return variable;
  }
}
