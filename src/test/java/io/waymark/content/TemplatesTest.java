package io.waymark.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice("io.waymark.content")
class TemplatesTest {

  private static final Instant NEXT_YEAR = MovableClock.START.plus(Duration.ofDays(365));

  @Autowired Templates templates;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @Test
  void nothing_is_sent_before_another_person_approved_it() {
    TemplateVersion version = templates.submit(Texts.sms("four-eyes"), "您好", "chen");

    assertThat(version.status()).isEqualTo(TemplateStatus.IN_REVIEW);
    assertThat(templates.approved("four-eyes", clock.instant())).isEmpty();
    assertThatExceptionOfType(TemplateRefusedException.class)
        .isThrownBy(() -> templates.approve(version.id(), version.hash(), HeldReviews.none("Chen")))
        .withMessageContaining("自己");

    TemplateVersion approved = HeldReviews.approve(templates, version, NEXT_YEAR);

    assertThat(approved.approvedBy()).isEqualTo("officer");
    assertThat(approved.approvalNumber()).startsWith("TEST-");
    assertThat(templates.approved("four-eyes", clock.instant())).contains(approved);
  }

  @Test
  void the_table_itself_refuses_an_approval_by_the_author() {
    TemplateVersion version = templates.submit(Texts.sms("back-door"), "您好", "chen");
    Approval held = HeldReviews.held(templates, version, NEXT_YEAR);

    assertThatThrownBy(
            () ->
                jdbc.sql(
                        """
                        update template_version
                           set status = 'approved', approved_by = 'CHEN',
                               approved_at = created_at, approval_number = :number,
                               expires_at = :until
                         where id = :id
                        """)
                    .param("number", held.number())
                    .param("until", Timestamp.from(held.until()))
                    .param("id", version.id())
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("template_four_eyes");
  }

  @Test
  void the_table_itself_asks_for_a_review_of_exactly_this_content() {
    TemplateVersion one = templates.submit(Texts.sms("unread"), "您好", "chen");
    Approval ofOne = HeldReviews.held(templates, one, NEXT_YEAR);
    TemplateVersion two = templates.submit(Texts.sms("unread"), "您好!", "chen");

    assertThatThrownBy(() -> templates.approve(two.id(), two.hash(), HeldReviews.none("officer")))
        .hasMessageContaining("no approved review");
    assertThatThrownBy(() -> templates.approve(two.id(), two.hash(), ofOne))
        .hasMessageContaining("no approved review");
    assertThat(templates.approved("unread", clock.instant())).isEmpty();
  }

  @Test
  void the_table_itself_keeps_a_stored_text_as_it_is() {
    TemplateVersion version = templates.submit(Texts.sms("fixed-text"), "您好", "chen");

    assertThatThrownBy(
            () ->
                jdbc.sql("update template_version set source = '别的' where id = ?")
                    .param(version.id())
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("never changes");
  }

  @Test
  void an_approval_holds_for_exactly_the_text_that_was_read() {
    TemplateVersion version = templates.submit(Texts.sms("bound-to-hash"), "您好", "chen");

    assertThatExceptionOfType(TemplateRefusedException.class)
        .isThrownBy(
            () -> templates.approve(version.id(), "0".repeat(64), HeldReviews.none("officer")))
        .withMessageContaining("不一致");
  }

  @Test
  void the_same_content_is_no_new_version() {
    TemplateVersion first = templates.submit(Texts.sms("same-hash"), "您好", "chen");

    assertThat(templates.submit(Texts.sms("same-hash"), "您好", "li")).isEqualTo(first);
    assertThat(templates.submit(Texts.sms("same-hash"), "您好!", "li").version()).isEqualTo(2);
    assertThat(templates.submit(Texts.sms("same-hash", "param.x"), "您好!", "li").version())
        .isEqualTo(3);
  }

  @Test
  void a_new_approval_replaces_the_earlier_one_and_a_withdrawal_leaves_none() {
    TemplateVersion one = approved("replaced", "甲");
    TemplateVersion two = approved("replaced", "乙");

    assertThat(templates.approved("replaced", clock.instant())).contains(two);
    assertThat(templates.find(one.id()).orElseThrow().status()).isEqualTo(TemplateStatus.WITHDRAWN);

    templates.withdraw(two.id(), "officer", "措辞有误");

    assertThat(templates.approved("replaced", clock.instant())).isEmpty();
  }

  @Test
  void a_refused_approval_leaves_the_earlier_one_in_force() {
    TemplateVersion one = approved("still-there", "甲");
    TemplateVersion two = templates.submit(Texts.sms("still-there"), "乙", "chen");

    assertThatExceptionOfType(TemplateRefusedException.class)
        .isThrownBy(() -> templates.approve(two.id(), two.hash(), HeldReviews.none("chen")));

    assertThat(templates.approved("still-there", clock.instant())).contains(one);
  }

  @Test
  void an_approval_ends_at_its_expiry() {
    TemplateVersion version = approved("expiring", "甲");

    assertThat(templates.approved("expiring", NEXT_YEAR.minusMillis(1))).contains(version);
    assertThat(templates.approved("expiring", NEXT_YEAR)).isEmpty();
    assertThatExceptionOfType(TemplateRefusedException.class)
        .isThrownBy(
            () -> {
              TemplateVersion late = templates.submit(Texts.sms("expiring"), "乙", "chen");
              templates.approve(
                  late.id(), late.hash(), new Approval("LATE", "officer", clock.instant()));
            })
        .withMessageContaining("有效期");
  }

  @Test
  void approval_and_its_proof_commit_together() {
    TemplateVersion version = approved("proved", "甲");

    assertThat(
            jdbc.sql(
                    "select actor, facts from evidence where kind = 'template_approved' and subject = ?")
                .param("template:proved")
                .query()
                .listOfRows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("actor")).isEqualTo("officer");
              assertThat(String.valueOf(row.get("facts"))).contains(version.hash());
            });
  }

  @Test
  void a_refused_text_is_not_stored_and_names_every_problem() {
    assertThatExceptionOfType(TemplateRefusedException.class)
        .isThrownBy(
            () ->
                templates.submit(Texts.sms("hostile"), "${customer.name}\n<#include 'x'>", "chen"))
        .satisfies(refused -> assertThat(refused.problems()).hasSize(2));
    assertThat(templates.versionsOf("hostile")).isEmpty();
  }

  @Test
  void versions_are_listed_by_status_channel_and_words() {
    approved("listed-one", "甲");
    templates.submit(Texts.sms("listed-two"), "乙", "chen");

    TemplateFilter open = new TemplateFilter(TemplateStatus.IN_REVIEW, null, "LISTED");
    assertThat(templates.page(open, 0, 10))
        .extracting(TemplateVersion::code)
        .containsExactly("listed-two");
    assertThat(templates.count(open)).isEqualTo(1);
    assertThat(templates.count(TemplateFilter.everything())).isGreaterThanOrEqualTo(2);
    assertThat(templates.page(new TemplateFilter(null, null, "listed-"), 1, 10)).hasSize(1);
    Map<String, TemplateVersion> found =
        templates.approvedAll(List.of("listed-one", "listed-two"), clock.instant());
    assertThat(found).containsOnlyKeys("listed-one");
  }

  private TemplateVersion approved(String code, String source) {
    TemplateVersion version = templates.submit(Texts.sms(code), source, "chen");
    return HeldReviews.approve(templates, version, NEXT_YEAR);
  }
}
