package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.content.TemplateFolder;
import io.waymark.content.TemplateMetadata;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.DatabaseSlice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DatabaseSlice({"io.waymark.content", "io.waymark.compliance"})
class ContentReviewTest {

  @Autowired ContentReview review;
  @Autowired TemplateFolder folder;

  @Test
  void every_shipped_message_passes_the_machine_for_every_sample_reader() {
    folder
        .load("marketer")
        .forEach(
            template ->
                assertThat(review.review(template.metadata(), template.source()))
                    .as(template.code())
                    .hasSize(7)
                    .allSatisfy(
                        sheet -> {
                          assertThat(sheet.renderProblem()).isNull();
                          assertThat(sheet.wouldBeWithheld()).isFalse();
                          assertThat(sheet.scan().conclusion()).isEqualTo("未发现规则命中, 仍需合规复核");
                        }));
  }

  @Test
  void a_reviewer_sees_the_wording_and_the_missing_statements() {
    TemplateMetadata metadata = sms("product_marketing", "B");

    ReviewSheet sheet = review.review(metadata, "【示例证券】稳赚不赔").get(0);

    assertThat(sheet.wouldBeWithheld()).isTrue();
    assertThat(sheet.scan().findings()).extracting(Finding::ruleId).contains("G06");
    assertThat(sheet.scan().conclusion()).doesNotContain("合规通过");
    assertThat(sheet.missing())
        .extracting(MissingElement::code)
        .contains("sms_refusal", "risk_level", "fund_risk_warning");
  }

  @Test
  void a_text_that_cannot_be_rendered_says_why_and_is_still_scanned() {
    ReviewSheet sheet = review.review(sms("service", "none"), "【示例】保本${customer.name}").get(0);

    assertThat(sheet.rendered()).isNull();
    assertThat(sheet.renderProblem()).contains("请");
    assertThat(sheet.scan().blocks()).isTrue();
    assertThat(sheet.wouldBeWithheld()).isTrue();
  }

  private static TemplateMetadata sms(String purpose, String productClass) {
    return new TemplateMetadata(
        "sample",
        "示例",
        Channel.SMS,
        Purpose.of(purpose),
        productClass,
        List.of(),
        null,
        true,
        Map.of(),
        null);
  }
}
