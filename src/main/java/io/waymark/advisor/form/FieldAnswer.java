package io.waymark.advisor.form;

import io.waymark.advisor.TaskAnswers.Answer;
import io.waymark.advisor.TaskRefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds one answer against its field, whether it came as a form's text or as REST's value. */
final class FieldAnswer {

  private static final int LONGEST = 500;

  private FieldAnswer() {}

  /**
   * The answer as it is kept; empty when nothing was answered.
   *
   * @throws TaskRefusedException naming the field and what to do
   */
  static Optional<Answer> of(TaskField field, @Nullable Object given) {
    String written = given == null ? "" : given.toString().strip();
    if (field.type().equals("checkbox") && (field.required() || !written.isEmpty())) {
      return Optional.of(ticked(field, written));
    }
    if (written.isEmpty()) {
      if (field.required()) {
        throw refused(field, "请填写“" + field.label() + "”。");
      }
      return Optional.empty();
    }
    return Optional.of(
        switch (field.type()) {
          case "select", "radio" -> chosen(field, written);
          case "number" -> counted(field, written);
          case "datetime" -> dated(field, written);
          default -> told(field, written);
        });
  }

  private static Answer ticked(TaskField field, String written) {
    boolean ticked = written.equals("true") || written.equals("on");
    if (!ticked && !written.isEmpty() && !written.equals("false")) {
      throw refused(field, "“" + field.label() + "”只能勾选或不勾选。");
    }
    if (field.required() && !ticked) {
      throw refused(field, "请确认“" + field.label() + "”后勾选。");
    }
    return new Answer(field.key(), field.label(), Boolean.toString(ticked), ticked ? "是" : "否");
  }

  private static Answer chosen(TaskField field, String written) {
    return field.choices().stream()
        .filter(choice -> choice.code().equals(written))
        .findFirst()
        .map(choice -> new Answer(field.key(), field.label(), choice.code(), choice.title()))
        .orElseThrow(() -> refused(field, "“" + field.label() + "”请从列出的选项中选择。"));
  }

  private static Answer counted(TaskField field, String written) {
    BigDecimal number;
    try {
      number = new BigDecimal(written);
    } catch (NumberFormatException none) {
      throw refused(field, "“" + field.label() + "”请填写数字。");
    }
    if (field.limits().whole() && number.stripTrailingZeros().scale() > 0) {
      throw refused(field, "“" + field.label() + "”请填写整数。");
    }
    BigDecimal least = field.limits().least();
    BigDecimal most = field.limits().most();
    if (least != null && number.compareTo(least) < 0) {
      throw refused(field, "“%s”不能小于 %s。".formatted(field.label(), least.toPlainString()));
    }
    if (most != null && number.compareTo(most) > 0) {
      throw refused(field, "“%s”不能大于 %s。".formatted(field.label(), most.toPlainString()));
    }
    String plain = number.stripTrailingZeros().toPlainString();
    return new Answer(field.key(), field.label(), plain, plain);
  }

  private static Answer dated(TaskField field, String written) {
    try {
      String day = LocalDate.parse(written).toString();
      return new Answer(field.key(), field.label(), day, day);
    } catch (DateTimeParseException none) {
      throw refused(field, "“" + field.label() + "”请选择日期。");
    }
  }

  private static Answer told(TaskField field, String written) {
    int longest = Objects.requireNonNullElse(field.longest(), LONGEST);
    if (written.length() > longest) {
      throw refused(field, "“%s”最多 %d 字,请精简后再提交。".formatted(field.label(), longest));
    }
    return new Answer(field.key(), field.label(), written, written);
  }

  private static TaskRefusedException refused(TaskField field, String sentence) {
    return new TaskRefusedException(field.key(), sentence);
  }
}
