package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.advisor.CustomerNotes;
import io.waymark.advisor.KeptAnswers;
import io.waymark.advisor.Satisfaction;
import io.waymark.advisor.TaskAnswers.Answer;
import io.waymark.advisor.TaskMessages;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkList;
import io.waymark.contact.Sent;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.insight.AdvisorFigures;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What an advisor answers beyond the outcome, notes apart from tasks, and what the customer says.
 */
@WithTravellers
class SatisfactionTest {

  @Autowired Travellers travellers;
  @Autowired AdvisorDesk desk;
  @Autowired KeptAnswers kept;
  @Autowired CustomerNotes notes;
  @Autowired TaskMessages messages;
  @Autowired Satisfaction satisfaction;
  @Autowired AdvisorFigures figures;
  @Autowired WorkList workList;
  @Autowired EvidenceLog evidence;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  Traveller traveller;
  String task;

  @BeforeEach
  void warned() {
    traveller =
        travellers
            .somebodyFor("risk-warning")
            .does("redemption.large")
            .entersByAudience("risk-warning");
    task = traveller.task("Task_Interview").getId();
  }

  @Test
  void further_answers_are_held_to_the_form_and_go_to_the_evidence() {
    assertThatThrownBy(() -> complete(Map.of("answer_cause", "boredom")))
        .isInstanceOf(TaskRefusedException.class)
        .hasMessageContaining("主要原因");
    assertThatThrownBy(() -> complete(Map.of("answer_secret", "1"))).hasMessageContaining("表单里没有");
    assertThatThrownBy(() -> complete(Map.of("verdict", "allowed")))
        .hasMessageContaining("verdict");
    assertThat(workList.find(task).orElseThrow().status()).isEqualTo(TaskStatus.OPEN);

    complete(Map.of("answer_cause", "loss", "answer_match_checked", "true"));

    assertThat(kept.of(task, BranchScope.everywhere()))
        .extracting(Answer::label, Answer::shown)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("主要原因", "亏损焦虑"),
            org.assertj.core.groups.Tuple.tuple("已核对持有产品与测评等级", "是"));
    assertThat(evidence.ofCustomer(traveller.id()))
        .filteredOn(row -> row.kind() == EvidenceKind.TASK_COMPLETED)
        .anySatisfy(
            row ->
                assertThat(row.facts())
                    .containsEntry("answer_cause", "loss")
                    .containsEntry("answer_match_checked", "true"));
    assertThat(
            jdbc.sql("select count(*) from act_ru_variable where name_ like 'answer%'")
                .query(Long.class)
                .single())
        .isZero();
  }

  private void complete(Map<String, String> further) {
    desk.complete(task, "calm", null, further, Travellers.ADVISOR, List.of());
  }

  @Test
  void the_first_answer_to_a_message_counts_for_whoever_closed_the_task_before_it() {
    UUID message =
        ((Sent) messages.send(task, "risk-warning-service-sms", Travellers.ADVISOR)).messageId();
    complete(Map.of());
    // The survey is asked for after the talk.
    jdbc.sql("update advisor_task set closed_at = created_at where task_id = ?")
        .param(task)
        .update();
    String token = UUID.randomUUID().toString().substring(0, 16);
    link(message, token);
    long before = ratings();

    assertThat(satisfaction.proposed(token)).contains(4);
    assertThat(satisfaction.give(token, 6)).isFalse();
    assertThat(satisfaction.give("nothing", 5)).isFalse();
    assertThat(satisfaction.give(token, 5)).isTrue();
    assertThat(satisfaction.give(token, 1)).isTrue();

    assertThat(
            jdbc.sql(
                    "select score || ' ' || advisor || ' ' || task_id from satisfaction where"
                        + " message_id = ?")
                .param(message)
                .query(String.class)
                .single())
        .isEqualTo("5 " + Travellers.ADVISOR + " " + task);
    assertThat(ratings()).isEqualTo(before + 1);
    assertThat(
            jdbc.sql(
                    "select count(*) from customer_event where customer_id = ? and type ="
                        + " 'satisfaction.given'")
                .param(traveller.id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void an_answer_to_what_was_asked_before_the_talk_is_about_nobody() {
    UUID message =
        ((Sent) messages.send(task, "risk-warning-service-sms", Travellers.ADVISOR)).messageId();
    clock.advance(java.time.Duration.ofMinutes(5));
    complete(Map.of());
    String token = UUID.randomUUID().toString().substring(0, 16);
    link(message, token);

    assertThat(satisfaction.give(token, 2)).isTrue();

    assertThat(
            jdbc.sql(
                    "select count(*) from satisfaction where message_id = ? and advisor is null"
                        + " and task_id is null")
                .param(message)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    clock.reset();
  }

  private void link(UUID message, String token) {
    jdbc.sql(
            """
            insert into tracked_link (token, kind, message_id, customer_id, branch, channel,
              purpose, target, created_at, expires_at)
            values (:token, 'rate', :message, :customer, :branch, 'sms', 'service', '4', :now,
              :now::timestamptz + interval '30 days')
            """)
        .param("token", token)
        .param("message", message)
        .param("customer", traveller.id())
        .param("branch", Travellers.BRANCH)
        .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
        .update();
  }

  private long ratings() {
    return figures.of(BranchScope.of(Travellers.BRANCH), clock.instant()).stream()
        .filter(line -> line.username().equals(Travellers.ADVISOR))
        .mapToLong(AdvisorFigures.Line::ratings)
        .sum();
  }

  @Test
  void nothing_is_shown_of_whom_nobody_rated() {
    assertThat(figures.of(BranchScope.of(Travellers.BRANCH), clock.instant()))
        .filteredOn(line -> line.ratings() == 0)
        .allSatisfy(line -> assertThat(line.stars()).isNull());
  }

  @Test
  void notes_are_for_those_who_care_for_the_customer_and_for_nobody_else() {
    notes.write(traveller.id(), "喜欢早上接电话", Travellers.ADVISOR, BranchScope.everywhere());

    assertThat(notes.of(traveller.id(), Travellers.LEADER, BranchScope.everywhere(), 5))
        .extracting(CustomerNotes.Note::text)
        .containsExactly("喜欢早上接电话");
    // Once the talk is over, only his own advisor and the leader still read them.
    complete(Map.of());
    assertThat(notes.of(traveller.id(), Travellers.LEADER, BranchScope.everywhere(), 5)).hasSize(1);
    assertThat(notes.of(traveller.id(), Travellers.LEADER, BranchScope.of("NOWHERE"), 5)).isEmpty();
    String stranger = "note-stranger";
    assertThat(notes.cares(traveller.id(), stranger, BranchScope.everywhere())).isFalse();
    assertThat(notes.of(traveller.id(), stranger, BranchScope.everywhere(), 5)).isEmpty();
    assertThatThrownBy(() -> notes.write(traveller.id(), "偷看", stranger, BranchScope.everywhere()))
        .hasMessageContaining("只有客户的专属投顾");
    assertThatThrownBy(
            () -> notes.write(traveller.id(), " ", Travellers.ADVISOR, BranchScope.everywhere()))
        .hasMessageContaining("请填写笔记");
    assertThat(
            jdbc.sql("select encode(note, 'escape') from customer_note where customer_id = ?")
                .param(traveller.id())
                .query(String.class)
                .single())
        .doesNotContain("早上");
  }
}
