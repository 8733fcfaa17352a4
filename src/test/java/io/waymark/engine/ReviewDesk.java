package io.waymark.engine;

import io.waymark.compliance.review.Draw;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.People;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Texts and people for tests of the review. */
@TestComponent
class ReviewDesk {

  static final double RATE = 0.2;

  final StaffMember author;
  final StaffMember reviewer;
  final StaffMember officer;
  final StaffMember secondOfficer;
  private final People people;
  private final Templates templates;
  private final Reviews reviews;
  private final Draw draw;

  ReviewDesk(
      StaffDirectory staff,
      Branches branches,
      PasswordEncoder encoder,
      Templates templates,
      Reviews reviews,
      Draw draw) {
    this.people = new People(staff, branches, encoder);
    this.templates = templates;
    this.reviews = reviews;
    this.draw = draw;
    author = people.everywhere(Role.MARKETER);
    reviewer = people.everywhere(Role.MARKETER);
    officer = people.everywhere(Role.COMPLIANCE);
    secondOfficer = people.everywhere(Role.COMPLIANCE);
  }

  People people() {
    return people;
  }

  static String code() {
    return "review-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** A text message without product and without any finding, saying these words. */
  TemplateVersion draft(String code, String words) {
    return draft(code, words, author.username());
  }

  TemplateVersion draft(String code, String words, String by) {
    return templates.draft(metadata(code), text(words), by);
  }

  static TemplateMetadata metadata(String code) {
    return new TemplateMetadata(
        code,
        "复核测试短信",
        Channel.SMS,
        Purpose.SERVICE,
        "none",
        List.of("customer.name"),
        null,
        false,
        Map.of(),
        null);
  }

  static String text(String words) {
    return "【示例证券】${customer.name}您好，" + words + "投资有风险，入市需谨慎。客服热线95000，个人信息使用见隐私政策。拒收请回复R";
  }

  /** A draft that the draw sends to an officer, or spares. */
  TemplateVersion drawn(boolean sampled) {
    String code = code();
    for (int n = 0; ; n++) {
      TemplateVersion draft = draft(code, "本周投教讲堂第" + n + "讲开讲，欢迎收看。");
      if (Draw.falls(draw.of(draft.hash()), RATE) == sampled) {
        return draft;
      }
    }
  }

  Review submit(TemplateVersion draft) {
    return reviews.submit(SubjectKind.TEMPLATE, Long.toString(draft.id()), author.username());
  }

  Review agree(Review review, StaffMember by) {
    return reviews.decide(review.id(), review.hash(), true, null, null, by.username());
  }

  Review sendBack(Review review, StaffMember by, String reason) {
    return reviews.decide(review.id(), review.hash(), false, reason, null, by.username());
  }
}
