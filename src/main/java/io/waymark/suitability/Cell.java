package io.waymark.suitability;

/**
 * What a table of the policy answers, and why.
 *
 * @param answer word of the table, e.g. {@code yes}
 * @param basis law article, market practice or house rule, with its mark of verification
 */
public record Cell(String answer, String basis) {

  /** Whether the answer is this word. */
  public boolean is(String word) {
    return answer.equals(word);
  }
}
