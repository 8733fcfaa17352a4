package io.waymark.advisor.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.advisor.TaskAnswers;
import io.waymark.advisor.TaskRefusedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form of a task: the same definition is shown in the console and in Tasklist, and answers from
 * every door are held against it.
 */
public record TaskForm(List<TaskField> fields) {

  /** A task without a form asks for an outcome and a note. */
  public static final TaskForm NONE = new TaskForm(List.of());

  private static final String OUTCOME = "outcome";
  private static final String NOTE = "note";
  private static final ObjectMapper JSON = new ObjectMapper();

  public TaskForm {
    fields = List.copyOf(fields);
  }

  /**
   * Reads a definition as Camunda Modeler writes it.
   *
   * @throws IllegalArgumentException when it is no form
   */
  public static TaskForm read(String json) {
    try {
      List<TaskField> fields = new ArrayList<>();
      collect(JSON.readTree(json), fields);
      return new TaskForm(fields);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("the form is no JSON", malformed);
    }
  }

  private static void collect(JsonNode parent, List<TaskField> fields) {
    for (JsonNode one : parent.path("components")) {
      fields.add(field(one));
      collect(one, fields);
    }
  }

  private static TaskField field(JsonNode one) {
    JsonNode validate = one.path("validate");
    List<TaskField.Choice> choices = new ArrayList<>();
    for (JsonNode value : one.path("values")) {
      choices.add(new TaskField.Choice(value.path("value").asText(), value.path("label").asText()));
    }
    return new TaskField(
        one.path("type").asText(),
        one.path("key").asText(),
        one.path("text").asText(one.path("label").asText(one.path("dateLabel").asText())),
        one.path("description").asText(),
        new TaskField.Limits(
            validate.path("required").asBoolean(),
            validate.has("maxLength") ? Integer.valueOf(validate.path("maxLength").asInt()) : null,
            number(validate, "min"),
            number(validate, "max"),
            one.path("decimalDigits").asInt(-1) == 0),
        choices);
  }

  private static @Nullable BigDecimal number(JsonNode validate, String name) {
    return validate.path(name).isNumber() ? validate.path(name).decimalValue() : null;
  }

  /** What may be answered, with the words people read; empty when the form leaves it open. */
  public List<TaskField.Choice> outcomes() {
    return find(OUTCOME).map(TaskField::choices).orElse(List.of());
  }

  /** The note's part, if the form has one. */
  public Optional<TaskField> note() {
    return find(NOTE);
  }

  /** What it asks beyond outcome and note, in the order drawn. */
  public List<TaskField> further() {
    return fields.stream().filter(TaskField::further).toList();
  }

  /**
   * Holds what was answered beyond outcome and note against the definition.
   *
   * @param given by key, as a form's text or as REST's value
   * @throws TaskRefusedException naming the part and what to do, or a key the form does not know
   */
  public TaskAnswers answers(Map<String, ?> given) {
    List<TaskField> asked = further();
    given.keySet().stream()
        .filter(key -> asked.stream().noneMatch(field -> field.key().equals(key)))
        .findFirst()
        .ifPresent(
            key -> {
              throw new TaskRefusedException("answer_unknown", "表单里没有“" + key + "”,请刷新任务页后再提交。");
            });
    List<TaskAnswers.Answer> facts = new ArrayList<>();
    List<TaskAnswers.Answer> texts = new ArrayList<>();
    for (TaskField field : asked) {
      FieldAnswer.of(field, given.get(field.key()))
          .ifPresent(answer -> (field.free() ? texts : facts).add(answer));
    }
    return new TaskAnswers(facts, texts);
  }

  /** What it tells the advisor before asking, in the order drawn. */
  public List<TaskField> guidance() {
    return fields.stream().filter(field -> field.type().equals("text")).toList();
  }

  /**
   * Holds an answer against the definition.
   *
   * @throws TaskRefusedException naming the part and what to do
   */
  public void check(String outcome, @Nullable String note) {
    List<TaskField.Choice> allowed = outcomes();
    if (!allowed.isEmpty() && allowed.stream().noneMatch(one -> one.code().equals(outcome))) {
      throw new TaskRefusedException(
          "outcome",
          "结果“%s”不在表单的选项之内,请选择:%s。"
              .formatted(
                  outcome,
                  allowed.stream().map(TaskField.Choice::title).collect(Collectors.joining("、"))));
    }
    String written = note == null ? "" : note.strip();
    find(NOTE)
        .ifPresent(
            field -> {
              if (field.required() && written.isEmpty()) {
                throw new TaskRefusedException(NOTE, "请填写“" + field.label() + "”。");
              }
              Integer longest = field.longest();
              if (longest != null && written.length() > longest) {
                throw new TaskRefusedException(
                    NOTE, "“%s”最多 %d 字,请精简后再提交。".formatted(field.label(), longest));
              }
            });
  }

  private Optional<TaskField> find(String key) {
    return fields.stream().filter(field -> field.key().equals(key)).findFirst();
  }
}
