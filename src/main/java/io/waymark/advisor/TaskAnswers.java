package io.waymark.advisor;

import java.util.List;

/**
 * What an advisor answered beyond outcome and note.
 *
 * @param facts choices, numbers, dates and ticks: no personal data, kept and proved as they are
 * @param texts what was written in own words; kept sealed with the customer's key
 */
public record TaskAnswers(List<Answer> facts, List<Answer> texts) {

  /** Nothing beyond outcome and note. */
  public static final TaskAnswers NONE = new TaskAnswers(List.of(), List.of());

  public TaskAnswers {
    facts = List.copyOf(facts);
    texts = List.copyOf(texts);
  }

  /**
   * One answer.
   *
   * @param key name of the field, begins with {@code answer_}
   * @param label what people read beside it
   * @param value the code, number or ISO date, {@code true} or {@code false}, or the text
   * @param shown the same in words
   */
  public record Answer(String key, String label, String value, String shown) {}
}
