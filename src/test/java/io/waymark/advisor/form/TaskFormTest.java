package io.waymark.advisor.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.advisor.TaskAnswers;
import io.waymark.advisor.TaskAnswers.Answer;
import io.waymark.advisor.TaskRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A form as drawn, and what it lets pass, whatever door an answer comes by. */
class TaskFormTest {

  private static final TaskForm FORM =
      TaskForm.read(
          """
          {"components": [
            {"type": "text", "text": "### 开头\\n先听"},
            {"type": "radio", "key": "outcome", "label": "结果",
             "values": [{"label": "好", "value": "good"}], "validate": {"required": true}},
            {"type": "group", "components": [
              {"type": "select", "key": "answer_cause", "label": "原因",
               "values": [{"label": "费用", "value": "fee"}, {"label": "风险", "value": "risk"}],
               "validate": {"required": true}}]},
            {"type": "number", "key": "answer_years", "label": "年限", "decimalDigits": 0,
             "validate": {"min": 1, "max": 50}},
            {"type": "number", "key": "answer_share", "label": "比例", "validate": {"max": 1.5}},
            {"type": "datetime", "subtype": "date", "key": "answer_day", "dateLabel": "日期"},
            {"type": "checkbox", "key": "answer_told", "label": "已讲清",
             "validate": {"required": true}},
            {"type": "checkbox", "key": "answer_later", "label": "以后再说"},
            {"type": "textfield", "key": "answer_words", "label": "原话",
             "validate": {"maxLength": 5}},
            {"type": "textarea", "key": "answer_more", "label": "更多"}
          ]}
          """);

  private static Map<String, Object> with(String key, Object value) {
    java.util.HashMap<String, Object> given =
        new java.util.HashMap<>(Map.of("answer_cause", "fee", "answer_told", true));
    given.put(key, value);
    return given;
  }

  private static void refused(String key, Object value, String because) {
    assertThatThrownBy(() -> FORM.answers(with(key, value)))
        .isInstanceOf(TaskRefusedException.class)
        .hasMessageContaining(because);
  }

  private static Answer fact(String key, Object value) {
    return FORM.answers(with(key, value)).facts().stream()
        .filter(answer -> answer.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_is_asked_further_is_found_in_groups_too_and_in_the_order_drawn() {
    assertThat(FORM.further())
        .extracting(TaskField::key)
        .containsExactly(
            "answer_cause",
            "answer_years",
            "answer_share",
            "answer_day",
            "answer_told",
            "answer_later",
            "answer_words",
            "answer_more");
    assertThat(FORM.further().get(3).label()).isEqualTo("日期");
    assertThat(FORM.guidance().get(0).lines()).containsExactly("开头", "先听");
  }

  @Test
  void what_must_be_answered_is_asked_for_by_name() {
    assertThatThrownBy(() -> FORM.answers(Map.of("answer_told", true)))
        .hasMessageContaining("请填写“原因”");
    refused("answer_cause", " ", "请填写“原因”");
    refused("answer_told", false, "请确认“已讲清”后勾选");
    refused("answer_told", "", "请确认“已讲清”后勾选");
  }

  @Test
  void a_choice_is_one_of_those_drawn() {
    refused("answer_cause", "mood", "从列出的选项中选择");
    assertThat(fact("answer_cause", "risk").shown()).isEqualTo("风险");
  }

  @Test
  void a_number_is_whole_where_drawn_so_and_within_its_bounds() {
    refused("answer_years", "many", "请填写数字");
    refused("answer_years", "2.5", "请填写整数");
    refused("answer_years", 0, "不能小于 1");
    refused("answer_years", 51, "不能大于 50");
    refused("answer_share", "1.6", "不能大于 1.5");
    assertThat(fact("answer_years", 50).value()).isEqualTo("50");
    assertThat(fact("answer_years", "1.0").value()).isEqualTo("1");
    assertThat(fact("answer_share", 1.5).value()).isEqualTo("1.5");
    assertThat(fact("answer_share", "-3").value()).isEqualTo("-3");
  }

  @Test
  void a_day_is_a_day_and_a_tick_a_tick() {
    refused("answer_day", "tomorrow", "请选择日期");
    refused("answer_later", "maybe", "只能勾选或不勾选");
    assertThat(fact("answer_day", "2026-11-30").value()).isEqualTo("2026-11-30");
    assertThat(fact("answer_later", "on").shown()).isEqualTo("是");
    assertThat(fact("answer_later", "false").shown()).isEqualTo("否");
  }

  @Test
  void own_words_are_kept_apart_from_facts_and_short() {
    refused("answer_words", "一二三四五六", "最多 5 字");
    refused("answer_more", "长".repeat(501), "最多 500 字");

    TaskAnswers answers = FORM.answers(with("answer_words", " 一二三四五 "));

    assertThat(answers.texts()).extracting(Answer::value).containsExactly("一二三四五");
    assertThat(answers.facts()).extracting(Answer::key).doesNotContain("answer_words");
  }

  @Test
  void what_the_form_does_not_ask_is_not_taken() {
    refused("answer_other", "1", "表单里没有“answer_other”");
    assertThat(TaskForm.NONE.answers(Map.of())).isEqualTo(TaskAnswers.NONE);
  }

  @Test
  void what_was_not_answered_is_not_kept() {
    assertThat(FORM.answers(Map.of("answer_cause", "fee", "answer_told", "true")).facts())
        .extracting(Answer::key)
        .containsExactly("answer_cause", "answer_told");
  }

  @Test
  void every_shipped_form_can_be_shown_and_asks_by_keys_that_are_allowed() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("processes"))) {
      List<Path> forms = files.filter(file -> file.toString().endsWith(".form")).toList();
      assertThat(forms).hasSizeGreaterThan(20);
      for (Path file : forms) {
        TaskForm form = TaskForm.read(Files.readString(file));
        assertThat(form.fields())
            .as(file.toString())
            .allSatisfy(
                field -> assertThat(field.key()).matches("|outcome|note|answer_[a-z0-9_]{1,40}"));
        assertThat(form.further())
            .as(file.toString())
            .allSatisfy(field -> assertThat(field.label()).isNotBlank());
      }
    }
  }
}
