package io.waymark.advisor.form;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One part of a form, in the order drawn.
 *
 * @param type type of the form's component, such as {@code text}, {@code radio}, {@code textarea}
 * @param key name of the answer; empty for parts that only tell something
 * @param label what people read beside it, or the text itself
 * @param hint what to mind, or empty
 * @param limits what an answer must keep to
 * @param choices what may be chosen; empty for texts
 */
public record TaskField(
    String type, String key, String label, String hint, Limits limits, List<Choice> choices) {

  /** Prefix of all keys but {@code outcome} and {@code note}: no step of a journey sets such. */
  public static final String PREFIX = "answer_";

  private static final Set<String> TEXTS = Set.of("textfield", "textarea");

  public TaskField {
    choices = List.copyOf(choices);
  }

  /**
   * What an answer must keep to.
   *
   * @param longest most characters of a text; null when not limited
   * @param least smallest number; null when not limited
   * @param most largest number; null when not limited
   * @param whole whether a number may have no fraction
   */
  public record Limits(
      boolean required,
      @Nullable Integer longest,
      @Nullable BigDecimal least,
      @Nullable BigDecimal most,
      boolean whole) {}

  /** One possible answer. */
  public record Choice(String code, String title) {}

  /** Whether it has to be answered. */
  public boolean required() {
    return limits.required();
  }

  /** Most characters of a text; null when not limited. */
  public @Nullable Integer longest() {
    return limits.longest();
  }

  /** Whether it asks for something beyond outcome and note. */
  public boolean further() {
    return key.startsWith(PREFIX);
  }

  /** Whether it is answered in own words, which may name somebody. */
  public boolean free() {
    return TEXTS.contains(type);
  }

  /** The guidance of a part that only tells something, one line each, without marks of headings. */
  public List<String> lines() {
    return label.lines().map(line -> line.replaceFirst("^#+\\s*", "").strip()).toList();
  }
}
