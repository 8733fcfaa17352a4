package io.waymark.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waymark.platform.Channel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendererTest {

  private final Renderer renderer = new Renderer();

  @Test
  void values_are_put_in_and_days_are_written_in_chinese() {
    Rendered rendered =
        renderer.preview(
            Texts.sms("hello", "customer.salutation", "param.day"),
            "${customer.salutation}, 日期为${param.day}。",
            Map.of(
                "customer", Map.of("salutation", "王女士"),
                "param", Map.of("day", LocalDate.of(2026, 11, 22))));

    assertThat(rendered.subject()).isNull();
    assertThat(rendered.body()).isEqualTo("王女士, 日期为2026年11月22日。");
    assertThat(rendered.hash()).hasSize(64);
  }

  @Test
  void a_missing_value_names_template_line_and_variable() {
    assertThatExceptionOfType(RenderException.class)
        .isThrownBy(
            () ->
                renderer.preview(
                    Texts.sms("hello", "customer.name", "param.day"),
                    "您好\n${customer.name}\n${param.day}",
                    Map.of("customer", Map.of("name", "王女士"))))
        .satisfies(
            refused -> {
              assertThat(refused.template()).isEqualTo("hello");
              assertThat(refused.line()).isEqualTo(3);
              assertThat(refused.variable()).isEqualTo("param.day");
              assertThat(refused).hasMessageNotContaining("王女士");
            });
  }

  @Test
  void a_default_stands_for_a_missing_value() {
    assertThat(
            renderer
                .preview(Texts.sms("hello", "customer.name"), "${customer.name!\"客户\"}您好", Map.of())
                .body())
        .isEqualTo("客户您好");
  }

  @Test
  void markup_in_a_value_is_escaped_in_an_email_and_left_in_its_subject() {
    Rendered rendered =
        renderer.preview(
            Texts.email("mail", "致${customer.name}", "customer.name"),
            "<p>${customer.name}</p>",
            Map.of("customer", Map.of("name", "<script>alert(1)</script>")));

    assertThat(rendered.body()).isEqualTo("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    assertThat(rendered.subject()).isEqualTo("致<script>alert(1)</script>");
  }

  @Test
  void a_line_break_in_a_value_cannot_forge_a_header() {
    Rendered rendered =
        renderer.preview(
            Texts.email("mail", "致${customer.name}", "customer.name"),
            "<p>正文</p>",
            Map.of("customer", Map.of("name", "王\r\nBcc: x@example.org")));

    assertThat(rendered.subject()).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void a_link_in_a_value_of_a_text_message_is_refused() {
    for (String link : List.of("https://a.b", "www.x", "evil.cn/x", "Evil.TOP")) {
      assertThatExceptionOfType(RenderException.class)
          .as(link)
          .isThrownBy(
              () ->
                  renderer.preview(
                      Texts.sms("hello", "customer.name"),
                      "${customer.name}",
                      Map.of("customer", Map.of("name", link))))
          .satisfies(refused -> assertThat(refused.variable()).isEqualTo("customer.name"));
    }
  }

  @Test
  void a_webhook_carries_codes_and_is_json() {
    TemplateMetadata hook = Texts.metadata("hook", Channel.WEBHOOK, null, "customer.ref");

    assertThat(
            renderer
                .preview(
                    hook,
                    "{\"customer\": \"${customer.ref}\"}",
                    Map.of("customer", Map.of("ref", "K-1001")))
                .body())
        .isEqualTo("{\"customer\": \"K-1001\"}");
    assertThatExceptionOfType(RenderException.class)
        .isThrownBy(
            () ->
                renderer.preview(
                    hook,
                    "{\"customer\": \"${customer.ref}\"}",
                    Map.of("customer", Map.of("ref", "a\", \"admin\": \"1"))));
    assertThatExceptionOfType(RenderException.class)
        .isThrownBy(
            () ->
                renderer.preview(
                    hook,
                    "{\"customer\": ${customer.ref}}",
                    Map.of("customer", Map.of("ref", "K-1001"))));
  }

  @Test
  void a_webhook_may_not_declare_personal_data() {
    assertThat(
            MetadataRules.problems(
                Texts.metadata("hook", Channel.WEBHOOK, null, "customer.name"), "{}"))
        .extracting(TemplateProblem::message)
        .anyMatch(message -> message.contains("个人信息"));
  }

  @Test
  void a_text_longer_than_its_channel_carries_is_refused() {
    assertThatExceptionOfType(RenderException.class)
        .isThrownBy(() -> renderer.preview(Texts.sms("long"), "长".repeat(501), Map.of()))
        .withMessageContaining("500");
  }

  @Test
  void a_list_of_a_model_is_written_item_by_item() {
    assertThat(
            renderer
                .preview(
                    Texts.metadata("list", Channel.IN_APP, null, "param.steps"),
                    "<#list param.steps as step>${step}<#sep>、</#sep></#list>",
                    Map.of("param", Map.of("steps", List.of("测评", "课程"))))
                .body())
        .isEqualTo("测评、课程");
  }

  @Test
  void the_hash_follows_the_text() {
    TemplateMetadata metadata = Texts.sms("hello");

    assertThat(renderer.preview(metadata, "甲", Map.of()).hash())
        .isEqualTo(renderer.preview(metadata, "甲", Map.of()).hash())
        .isNotEqualTo(renderer.preview(metadata, "乙", Map.of()).hash());
  }
}
