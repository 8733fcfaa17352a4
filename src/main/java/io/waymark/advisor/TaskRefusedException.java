package io.waymark.advisor;

/** A person may not do this with a task; the message is a Chinese sentence that says what to do. */
public class TaskRefusedException extends RuntimeException {

  private final String code;

  public TaskRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Stable word for machines, e.g. {@code not_open}. */
  public String code() {
    return code;
  }
}
