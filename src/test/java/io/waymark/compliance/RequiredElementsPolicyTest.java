package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.content.TemplateMetadata;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The list of required elements is a policy: whoever edits it does not approve it. */
@DatabaseSlice({"io.waymark.content", "io.waymark.compliance"})
class RequiredElementsPolicyTest {

  /** Far from the time of every other test: policies are shared by all of them. */
  private static final Instant FAR = Instant.parse("2093-01-01T02:00:00Z");

  private static final TemplateMetadata SERVICE_SMS =
      new TemplateMetadata(
          "sample",
          "示例",
          Channel.SMS,
          Purpose.SERVICE,
          "none",
          List.of(),
          null,
          false,
          Map.of(),
          null);

  @Autowired PolicyDocuments documents;
  @Autowired RequiredElements elements;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired MovableClock clock;

  @Test
  void an_element_an_officer_adds_is_missed_from_its_day_on_and_not_before() {
    branches.saveAll(List.of(new Branch("RE01", "要素测试营业部")));
    staff.save(new StaffMember("re.author", "合规", Role.COMPLIANCE, "RE01", true, true), null);
    staff.save(new StaffMember("re.second", "合规", Role.COMPLIANCE, "RE01", true, true), null);
    String shipped =
        documents.find("required-elements", "required-elements-2026-11").orElseThrow().source();
    PolicyDocument proposal =
        documents.propose(
            new PolicyDraft(
                "required-elements",
                "required-elements-2093",
                FAR,
                shipped.replace("elements: [sms_signature]", "elements: [sms_signature, contact]")),
            "re.author");
    HeldReviews.approve(documents, proposal, "re.second");

    assertThat(missing("【示例证券】扣款未成功，请核对。")).isEmpty();
    clock.advance(Duration.between(clock.instant(), FAR));
    assertThat(missing("【示例证券】扣款未成功，请核对。")).containsExactly("contact");
    assertThat(missing("【示例证券】扣款未成功，请核对。客服热线95000")).isEmpty();
  }

  private List<String> missing(String text) {
    return elements.missing(SERVICE_SMS, text, Channel.SMS).stream()
        .map(MissingElement::code)
        .toList();
  }
}
