package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.SmsSimulator;
import io.waymark.compliance.recall.Recall;
import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallRefusedException;
import io.waymark.compliance.recall.RecallSweep;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.Recalls;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the commit of a recall on, nothing of it leaves; the rest is worked off in batches. */
@ContactSlice
class RecalledMessagesTest {

  private static final String OFFICER = "recall-officer";
  private static final String OTHER = "recall-other";

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired Recalls recalls;
  @Autowired RecallSweep sweep;
  @Autowired RecalledMessages work;
  @Autowired ReachedMessages reached;
  @Autowired ContactGate gate;
  @Autowired InAppSlots slots;
  @Autowired SmsSimulator sms;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final List<Long> standing = new ArrayList<>();

  /** A recall left behind would stop what other tests send. */
  @AfterEach
  void lift() {
    for (long id : standing) {
      Recall recall = recalls.find(id).orElseThrow();
      if (recall.standing()) {
        if (recall.liftProposedBy() == null) {
          recalls.proposeLift(id, "测试结束", OFFICER);
        }
        recalls.confirmLift(id, OTHER);
      }
    }
    sweep.workOff();
  }

  @Test
  void a_message_that_is_ready_does_not_leave_even_before_anything_was_worked_off() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID id = world.sent(person, template);

    stop(RecallKind.TEMPLATE, template);
    dispatcher.dispatchDue(100);

    assertThat(sms.ledger()).extracting(LedgerLine::messageId).doesNotContain(id);
    assertThat(world.status(id)).isEqualTo("withheld");
    assertThat(reason(id)).isEqualTo("recalled");
  }

  @Test
  void a_new_message_and_a_check_are_withheld_at_once() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    stop(RecallKind.TEMPLATE, template);

    assertThat(world.send(world.request(person, template)))
        .isInstanceOfSatisfying(
            NotSent.class,
            not -> assertThat(not.verdict().reason()).isEqualTo(WithheldReason.RECALLED));
    assertThat(gate.check(List.of(world.request(person, template))).get(0))
        .isInstanceOfSatisfying(
            Withheld.class,
            withheld -> assertThat(withheld.reason()).isEqualTo(WithheldReason.RECALLED));
  }

  @Test
  void scheduled_messages_are_cancelled_their_places_freed_and_the_journey_is_told() {
    clock.set(LocalDateTime.of(2026, 11, 23, 22, 0));
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    List<Person> people = world.people(1_203);
    List<UUID> ids =
        world.send(people.stream().map(one -> world.request(one, template)).toList()).stream()
            .map(result -> ((Sent) result).messageId())
            .toList();
    UUID other = world.sent(world.person(), world.template(Channel.SMS, Purpose.ACTIVITY));
    assertThat(ids).allMatch(id -> world.state(id).equals("later"));
    assertThat(places(template)).isEqualTo(people.size());

    Recall recall = stop(RecallKind.TEMPLATE, template);
    // A node is killed after its first batch; another goes on behind it.
    assertThat(work.workSome(recall.id())).isTrue();
    assertThat(recalls.find(recall.id()).orElseThrow().withheld()).isEqualTo(500);
    sweep.workOff();

    Recall done = recalls.find(recall.id()).orElseThrow();
    assertThat(done.withheld()).isEqualTo(people.size());
    assertThat(done.working()).isFalse();
    assertThat(done.reached()).isZero();
    assertThat(places(template)).isZero();
    assertThat(ids).allMatch(id -> world.state(id).equals("gone"));
    assertThat(world.status(other)).isEqualTo("waiting");
    assertThat(world.events(people.get(7), "message.settled"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.properties())
                    .containsEntry("outcome", "withheld")
                    .containsEntry("reason", "recalled"));
  }

  @Test
  void a_message_a_provider_is_being_called_for_is_not_cancelled_but_listed() {
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID id = world.sent(world.person(), template);
    jdbc.sql("update outbox set state = 'sending' where message_id = ?").param(id).update();

    Recall recall = stop(RecallKind.TEMPLATE, template);
    sweep.workOff();

    assertThat(world.state(id)).isEqualTo("sending");
    assertThat(reached.page(recall.id(), BranchScope.everywhere(), 0, 10))
        .extracting(ReachedMessage::messageId)
        .containsExactly(id);
    jdbc.sql("update outbox set state = 'ready' where message_id = ?").param(id).update();
  }

  @Test
  void everybody_already_reached_is_listed_within_the_branches_of_the_reader() {
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    List<UUID> ids = world.people(3).stream().map(person -> world.sent(person, template)).toList();
    dispatcher.dispatchDue(100);
    clock.advance(Duration.ofMinutes(1));
    UUID unsent = world.sent(world.person(), template);

    Recall recall = stop(RecallKind.TEMPLATE, template);
    sweep.workOff();

    assertThat(recalls.find(recall.id()).orElseThrow().reached()).isEqualTo(3);
    assertThat(reached.page(recall.id(), BranchScope.of(ContactWorld.BRANCH), 0, 10))
        .extracting(ReachedMessage::messageId)
        .containsExactlyInAnyOrderElementsOf(ids)
        .doesNotContain(unsent);
    assertThat(reached.page(recall.id(), BranchScope.of("ELSEWHERE"), 0, 10)).isEmpty();
    assertThat(reached.count(recall.id(), BranchScope.of("ELSEWHERE"))).isZero();
    List<ReachedMessage> all = new ArrayList<>();
    reached.export(recall.id(), BranchScope.everywhere(), OFFICER, all::addAll);
    assertThat(all).hasSize(3);
  }

  @Test
  void a_recalled_phrase_stops_every_text_that_holds_it_however_it_is_spaced() {
    String words = "限额" + Long.toString(System.nanoTime(), 36) + "专享";
    String spaced = String.join(" ", words.split(""));
    String with = world.template(Channel.SMS, Purpose.ACTIVITY, "今日" + spaced + "活动，");
    String without = world.template(Channel.SMS, Purpose.ACTIVITY);
    Person person = world.person();
    clock.set(LocalDateTime.of(2026, 11, 23, 22, 0));
    UUID hit = world.sent(person, with);
    UUID free = world.sent(world.person(), without);

    Recall recall = stop(RecallKind.PHRASE, words);
    sweep.workOff();

    assertThat(world.status(hit)).isEqualTo("withheld");
    assertThat(world.status(free)).isEqualTo("waiting");
    assertThat(recalls.find(recall.id()).orElseThrow().withheld()).isEqualTo(1);
    assertThat(world.send(world.request(world.person(), with)))
        .isInstanceOfSatisfying(
            NotSent.class,
            not -> {
              assertThat(not.verdict().reason()).isEqualTo(WithheldReason.RECALLED);
              assertThat(not.verdict().inputs().toString()).doesNotContain(words);
            });
  }

  @Test
  void what_stands_in_the_app_is_hidden_at_once_and_then_taken_down() {
    for (RecallKind kind : List.of(RecallKind.TEMPLATE, RecallKind.JOURNEY, RecallKind.PHRASE)) {
      String words = "云讲堂" + Long.toString(System.nanoTime(), 36);
      String template = world.template(Channel.IN_APP, Purpose.ACTIVITY, words);
      Person person = world.person();
      world.sent(person, template);
      dispatcher.dispatchDue(100);
      assertThat(slots.current(person.id(), "home")).hasSize(1);

      Recall recall =
          stop(
              kind,
              switch (kind) {
                case TEMPLATE -> template;
                case JOURNEY -> "test-journey";
                default -> words;
              });
      assertThat(slots.current(person.id(), "home")).as("%s", kind).isEmpty();

      sweep.workOff();
      assertThat(recalls.find(recall.id()).orElseThrow().takenDown()).isPositive();
      assertThat(
              world.count("select count(*) from in_app_message where customer_id = ?", person.id()))
          .isZero();
      lift();
    }
  }

  @Test
  void after_two_people_lifted_it_messages_leave_again() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    Recall recall = stop(RecallKind.TEMPLATE, template);

    assertThatThrownBy(() -> recalls.confirmLift(recall.id(), OTHER))
        .isInstanceOf(RecallRefusedException.class);
    recalls.proposeLift(recall.id(), "已更正并重新审批", OFFICER);
    assertThatThrownBy(() -> recalls.confirmLift(recall.id(), OFFICER.toUpperCase()))
        .isInstanceOf(RecallRefusedException.class)
        .hasMessageContaining("两人");
    assertThat(world.send(world.request(person, template))).isInstanceOf(NotSent.class);
    recalls.confirmLift(recall.id(), OTHER);

    assertThat(world.send(world.request(person, template))).isInstanceOf(Sent.class);
  }

  @Test
  void the_table_itself_refuses_one_person_alone() {
    Recall recall = stop(RecallKind.TEMPLATE, world.template(Channel.SMS, Purpose.ACTIVITY));
    recalls.proposeLift(recall.id(), "解除", OFFICER);

    assertThatThrownBy(
            () ->
                jdbc.sql("update recall set lifted_by = ?, lifted_at = now() where recall_id = ?")
                    .params(OFFICER, recall.id())
                    .update())
        .hasMessageContaining("recall_four_eyes");
  }

  @Test
  void the_same_thing_is_not_recalled_twice_and_nothing_without_a_reason() {
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    stop(RecallKind.TEMPLATE, template);

    assertThatThrownBy(() -> stop(RecallKind.TEMPLATE, template))
        .isInstanceOf(RecallRefusedException.class)
        .hasMessageContaining("已在召回中");
    assertThatThrownBy(() -> recalls.stop(target(RecallKind.PRODUCT, "X"), " ", OFFICER))
        .isInstanceOf(RecallRefusedException.class);
    assertThatThrownBy(() -> stop(RecallKind.PHRASE, "稳 "))
        .isInstanceOf(RecallRefusedException.class)
        .hasMessageContaining("两个字");
  }

  private Recall stop(RecallKind kind, String value) {
    Recall recall = recalls.stop(target(kind, value), "内容有误", OFFICER);
    standing.add(recall.id());
    return recall;
  }

  private static RecallTarget target(RecallKind kind, String value) {
    return new RecallTarget(kind, value);
  }

  private String reason(UUID id) {
    return jdbc.sql("select reason from message where message_id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  private long places(String template) {
    return world.count(
        "select count(*) from contact_reservation r join message m using (message_id)"
            + " where m.template = ?",
        template);
  }
}
