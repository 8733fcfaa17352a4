package io.waymark.segment.rule;

/** A rule text cannot be read. */
public class RuleSyntaxException extends RuntimeException {

  private final int position;

  /**
   * @param position 1-based character in the text where reading stopped
   * @param message Chinese sentence that names line and column and says what was expected
   */
  public RuleSyntaxException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** The 1-based character in the text where reading stopped. */
  public int position() {
    return position;
  }
}
