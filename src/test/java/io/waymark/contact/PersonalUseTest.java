package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.recall.Recall;
import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallSweep;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.Recalls;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.content.PersonalUse;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The personalisation switch, and consents that are not asked for again. */
@ContactSlice
class PersonalUseTest {

  @Autowired ContactWorld world;
  @Autowired Recalls recalls;
  @Autowired RecallSweep sweep;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @Test
  void who_switched_personalisation_off_gets_the_plain_text_the_template_names() {
    String plain = world.template(Channel.SMS, Purpose.ACTIVITY);
    String personal = personalised(plain);
    Person on = world.person();
    Person off = world.person();
    world.refuses(off, Purpose.PERSONALISATION, Channel.EMAIL);

    assertThat(template(((Sent) world.send(world.request(on, personal))))).isEqualTo(personal);
    Sent sent = (Sent) world.send(world.request(off, personal));
    assertThat(template(sent)).isEqualTo(plain);
    assertThat(
            jdbc.sql("select template from verdict where message_id = ?")
                .param(sent.messageId())
                .query(String.class)
                .list())
        .containsOnly(plain);
  }

  @Test
  void a_recalled_plain_text_does_not_stand_in() {
    String plain = world.template(Channel.SMS, Purpose.ACTIVITY);
    String personal = personalised(plain);
    Person on = world.person();
    Person off = world.person();
    world.refuses(off, Purpose.PERSONALISATION, Channel.EMAIL);
    Recall recall =
        recalls.stop(new RecallTarget(RecallKind.TEMPLATE, plain), "内容有误", "use-officer");
    try {
      assertThat(reason(off, personal)).isEqualTo(WithheldReason.RECALLED);
      assertThat(template((Sent) world.send(world.request(on, personal)))).isEqualTo(personal);
    } finally {
      recalls.proposeLift(recall.id(), "测试结束", "use-officer");
      recalls.confirmLift(recall.id(), "use-other");
      sweep.workOff();
    }
  }

  @Test
  void without_a_plain_text_nothing_is_sent_and_the_reason_is_its_own() {
    Person off = world.person();
    world.refuses(off, Purpose.PERSONALISATION, Channel.SMS);

    assertThat(reason(off, personalised(null))).isEqualTo(WithheldReason.PERSONALISATION_REFUSED);
    assertThat(reason(off, personalised("no-such-text")))
        .isEqualTo(WithheldReason.PERSONALISATION_REFUSED);
    assertThat(reason(off, personalised(world.template(Channel.EMAIL, Purpose.ACTIVITY))))
        .isEqualTo(WithheldReason.PERSONALISATION_REFUSED);
  }

  @Test
  void who_never_said_anything_about_personalisation_is_no_refusal() {
    assertThat(world.send(world.request(world.person(), personalised(null))))
        .isInstanceOf(Sent.class);
  }

  @Test
  void who_refused_is_not_asked_again_for_ninety_days_and_may_be_afterwards() {
    Person person = world.person();
    String asks = asking(Purpose.CALL);
    assertThat(world.send(world.request(person, asks))).isInstanceOf(Sent.class);

    world.refuses(person, Purpose.CALL, Channel.SMS);
    assertThat(reason(person, asks)).isEqualTo(WithheldReason.CONSENT_ASKED_AGAIN);
    clock.advance(Duration.ofDays(89));
    assertThat(reason(person, asking(Purpose.CALL))).isEqualTo(WithheldReason.CONSENT_ASKED_AGAIN);
    clock.advance(Duration.ofDays(1));
    assertThat(world.send(world.request(person, asking(Purpose.CALL)))).isInstanceOf(Sent.class);
  }

  private String personalised(@Nullable String plain) {
    return approved(new PersonalUse(true, plain, null), Purpose.ACTIVITY);
  }

  private String asking(Purpose purpose) {
    return approved(new PersonalUse(false, null, purpose), Purpose.SERVICE);
  }

  private String approved(PersonalUse use, Purpose purpose) {
    TemplateVersion draft = world.submit(Channel.SMS, purpose, "欢迎参加投教讲堂。", use);
    return world.approve(draft).code();
  }

  private WithheldReason reason(Person person, String template) {
    return ((NotSent) world.send(world.request(person, template))).verdict().reason();
  }

  private String template(Sent sent) {
    return jdbc.sql("select template from message where message_id = ?")
        .param(sent.messageId())
        .query(String.class)
        .single();
  }
}
