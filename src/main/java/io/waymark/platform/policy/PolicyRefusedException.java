package io.waymark.platform.policy;

import java.util.List;

/** A policy was not accepted; the message is a Chinese sentence that says what to do. */
public class PolicyRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public PolicyRefusedException(String message) {
    this(List.of(message));
  }

  /**
   * @param problems one sentence each, at least one
   */
  public PolicyRefusedException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each thing that is wrong, as a sentence. */
  public List<String> problems() {
    return problems;
  }
}
