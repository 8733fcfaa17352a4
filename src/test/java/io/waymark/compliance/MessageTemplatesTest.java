package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.content.PersonalUse;
import io.waymark.content.Rendered;
import io.waymark.content.Renderer;
import io.waymark.content.TemplateFile;
import io.waymark.content.TemplateFolder;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Purpose;
import io.waymark.testing.DatabaseSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The messages that are shipped, for every class of customer. */
@DatabaseSlice({"io.waymark.content", "io.waymark.compliance"})
class MessageTemplatesTest {

  private static final Map<String, Object> BROKER =
      Map.of(
          "name", "远山证券股份有限公司",
          "hotline", "95000",
          "unsubscribe", "点击邮件内的退订链接，或致电95000",
          "privacyUrl", "https://www.example.org/privacy");

  /**
   * A customer class, the highest product risk that may be offered to it, and how it is addressed.
   */
  private record Reader(String customerClass, String risk, String salutation) {}

  private static final List<Reader> READERS =
      List.of(
          new Reader("ORDINARY C1 minimum", "R1", "王女士"),
          new Reader("ORDINARY C1", "R1", "欧阳先生"),
          new Reader("ORDINARY C2", "R2", "李建国"),
          new Reader("ORDINARY C3", "R3", "买买提·阿不都"),
          new Reader("ORDINARY C4", "R4", "赵女士"),
          new Reader("ORDINARY C5", "R5", "钱先生"),
          new Reader("PROFESSIONAL", "R5", "孙先生"),
          new Reader("60 and older", "R2", "周女士"));

  private static final List<String> TYPES =
      List.of("equity_fund", "bond_fund", "mixed_fund", "qdii", "service");

  @Autowired TemplateFolder folder;
  @Autowired Renderer renderer;
  @Autowired ContentScanner scanner;
  @Autowired RequiredElements elements;

  private List<TemplateVersion> templates = List.of();

  @BeforeEach
  void load() {
    templates = folder.load("marketer");
  }

  @Test
  void every_message_the_journeys_need_is_shipped_as_a_draft() {
    assertThat(templates)
        .extracting(TemplateVersion::code)
        .containsExactlyInAnyOrder(
            "onboarding-welcome-sms",
            "onboarding-welcome-email",
            "onboarding-welcome-inapp",
            "onboarding-resume-sms",
            "onboarding-course-inapp",
            "onboarding-assessment-sms",
            "onboarding-fund-guide-a-email",
            "onboarding-fund-guide-b-email",
            "onboarding-badge-inapp",
            "dca-intro-a-inapp",
            "dca-intro-b-inapp",
            "dca-intro-sms",
            "dca-intro-email",
            "dca-intro-plain-inapp",
            "dca-intro-plain-sms",
            "dca-intro-plain-email",
            "personalisation-consent-inapp",
            "dca-failed-sms",
            "dca-restart-email",
            "dca-conditions-inapp",
            "margin-education-email",
            "margin-conditions-sms",
            "margin-reminder-inapp",
            "margin-talk-phone",
            "margin-open-sms",
            "margin-thanks-inapp",
            "margin-crm-webhook",
            "winback-review-sms",
            "winback-review-email",
            "winback-tutorial-inapp",
            "winback-steady-email",
            "winback-talk-phone",
            "winback-webhook",
            "care-birthday-sms",
            "risk-warning-service-sms",
            "reassessment-due-sms",
            "reassessment-due-inapp",
            "reassessment-talk-phone",
            "onboarding-talk-phone",
            "risk-interview-talk-phone",
            "campaign-service-talk-phone",
            "satisfaction-survey-sms");
    assertThat(templates).allMatch(version -> version.status() == TemplateStatus.DRAFT);
    assertThat(folder.load("marketer")).isEqualTo(templates);
  }

  @Test
  void every_message_is_clean_and_whole_for_every_class_of_customer() {
    List<String> wrong = new ArrayList<>();
    templates.forEach(template -> read(template.metadata(), template.source(), wrong));
    assertThat(wrong.stream().distinct()).isEmpty();
  }

  @Test
  void every_message_of_the_gallery_is_clean_and_whole_too() {
    List<TemplateFile> shelved = folder.read("gallery/");
    List<String> wrong = new ArrayList<>();
    shelved.forEach(text -> read(text.metadata(), text.source(), wrong));
    assertThat(shelved).hasSizeGreaterThan(20);
    assertThat(wrong.stream().distinct()).isEmpty();
    assertThat(shelved)
        .allSatisfy(text -> assertThat(elements.inadmissibleWaivers(text.metadata())).isEmpty())
        .noneMatch(
            text -> templates.stream().anyMatch(own -> own.code().equals(text.metadata().code())));
  }

  private void read(TemplateMetadata metadata, String source, List<String> wrong) {
    for (Reader reader : READERS) {
      for (String type : TYPES) {
        String text = text(renderer.preview(metadata, source, model(reader, type)));
        scanner
            .scan(text)
            .findings()
            .forEach(
                f -> wrong.add("%s %s %s".formatted(metadata.code(), f.ruleId(), f.matched())));
        elements
            .missing(metadata, text, metadata.channel())
            .forEach(m -> wrong.add("%s lacks %s".formatted(metadata.code(), m.code())));
      }
    }
  }

  @Test
  void a_product_is_offered_with_the_class_it_suits() {
    TemplateVersion template = template("dca-intro-sms");

    assertThat(renderer.render(template, model(READERS.get(3), "mixed_fund")).body())
        .startsWith("【远山证券股份有限公司】推广材料：示例混合")
        .contains("风险等级R3，适合投资者C3及以上")
        .endsWith("拒收请回复R");
  }

  @Test
  void a_webhook_carries_the_customer_number_and_nothing_else_of_the_person() {
    for (String code : List.of("margin-crm-webhook", "winback-webhook")) {
      assertThat(renderer.render(template(code), model(READERS.get(0), "margin")).body())
          .contains("\"customer\": \"K10001\"")
          .doesNotContain("王");
    }
  }

  @Test
  void who_switched_personalisation_off_reads_of_no_product_chosen_for_him() {
    List<TemplateVersion> personalised =
        templates.stream().filter(one -> one.metadata().personalUse().personalised()).toList();

    assertThat(personalised)
        .extracting(TemplateVersion::code)
        .containsExactlyInAnyOrder(
            "dca-intro-a-inapp", "dca-intro-b-inapp", "dca-intro-sms", "dca-intro-email");
    for (TemplateVersion template : personalised) {
      TemplateVersion plain = template(template.metadata().personalUse().plainVariant());
      assertThat(plain.metadata().personalUse()).isEqualTo(PersonalUse.NONE);
      assertThat(plain.metadata().channel()).isEqualTo(template.metadata().channel());
      assertThat(plain.metadata().purpose()).isEqualTo(template.metadata().purpose());
      assertThat(plain.metadata().requiresProduct()).isFalse();
      assertThat(text(renderer.render(plain, model(READERS.get(3), "mixed_fund"))))
          .contains("推广材料")
          .doesNotContain("示例混合", "R3");
    }
  }

  @Test
  void whether_personalisation_is_wanted_is_asked_by_a_text_that_says_so() {
    TemplateVersion asking = template("personalisation-consent-inapp");

    assertThat(asking.metadata().personalUse().asksConsent()).isEqualTo(Purpose.PERSONALISATION);
    assertThat(renderer.render(asking, model(READERS.get(0), "service")).body())
        .contains("不开启不影响您使用任何服务", "可随时关闭");
  }

  @Test
  void a_reason_is_given_only_for_elements_that_may_be_left_out() {
    for (TemplateVersion template : templates) {
      assertThat(elements.inadmissibleWaivers(template.metadata())).as(template.code()).isEmpty();
    }
  }

  private TemplateVersion template(String code) {
    return templates.stream().filter(t -> t.code().equals(code)).findFirst().orElseThrow();
  }

  private static String text(Rendered rendered) {
    return rendered.subject() == null
        ? rendered.body()
        : rendered.subject() + "\n" + rendered.body();
  }

  private static Map<String, Object> model(Reader reader, String type) {
    return Map.of(
        "customer",
        Map.of("name", reader.salutation(), "salutation", reader.salutation(), "ref", "K10001"),
        "product",
        Map.of(
            "code", "000001",
            "name", "示例混合型证券投资基金",
            "type", type,
            "risk", reader.risk(),
            "manager", "示例基金管理有限公司"),
        "broker",
        BROKER);
  }
}
