package io.waymark.advisor.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of a form, in the order drawn.
 *
 * @param type type of the form's component, such as {@code text}, {@code radio}, {@code textarea}
 * @param key name of the answer; empty for parts that only tell something
 * @param label what people read beside it, or the text itself
 * @param hint what to mind, or empty
 * @param longest most characters of a text; null when not limited
 * @param choices what may be chosen; empty for texts
 */
public record TaskField(
    String type,
    String key,
    String label,
    String hint,
    boolean required,
    @Nullable Integer longest,
    List<Choice> choices) {

  public TaskField {
    choices = List.copyOf(choices);
  }

  /** One possible answer. */
  public record Choice(String code, String title) {}

  /** The guidance of a part that only tells something, one line each, without marks of headings. */
  public List<String> lines() {
    return label.lines().map(line -> line.replaceFirst("^#+\\s*", "").strip()).toList();
  }
}
