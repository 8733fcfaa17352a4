package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.watch.SentText;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.content.Templates;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a later rule paused is withheld from its commit on; what was sent can be read by trials. */
@ContactSlice
class PausedContentTest {

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired SentTextReader sent;
  @Autowired Templates templates;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @Test
  void a_paused_version_is_neither_sent_nor_dispatched_and_goes_on_when_freed() {
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID waiting = world.sent(world.person(), template);

    pause(template);
    dispatcher.dispatchDue(100);

    assertThat(world.status(waiting)).isEqualTo("withheld");
    assertThat(world.send(world.request(world.person(), template)))
        .isInstanceOfSatisfying(
            NotSent.class,
            not -> {
              assertThat(not.verdict().reason()).isEqualTo(WithheldReason.CONTENT_PAUSED);
              assertThat(not.verdict().inputs()).containsEntry("content.rules", "G01,G02");
            });

    jdbc.sql("update content_pause set lifted_at = paused_at, lifted_by = 'x' where code = ?")
        .param(template)
        .update();
    assertThat(world.send(world.request(world.person(), template))).isInstanceOf(Sent.class);
  }

  @Test
  void a_sent_text_is_opened_for_a_trial_and_a_waiting_one_is_not() {
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    Person person = world.person();
    UUID gone = world.sent(person, template);
    dispatcher.dispatchDue(100);
    UUID waiting = world.sent(world.person(), template);

    var batch = sent.next(null, clock.instant().minus(Duration.ofDays(30)), 10_000);

    assertThat(batch.texts())
        .extracting(SentText::messageId)
        .contains(gone)
        .doesNotContain(waiting);
    SentText text = sent.open(List.of(gone)).get(gone);
    assertThat(text.template()).isEqualTo(template);
    assertThat(text.text()).isNotBlank();
    assertThat(text.toString()).doesNotContain(text.text());
    assertThat(sent.next(batch.last(), clock.instant().minus(Duration.ofDays(30)), 10).read())
        .isZero();
  }

  private void pause(String template) {
    var version = templates.approved(template, clock.instant()).orElseThrow();
    jdbc.sql(
            """
            insert into content_pause
              (kind, content_id, code, version, hash, pack_version, rules, paused_at)
            values ('template', ?, ?, ?, ?, 'test', '{G01,G02}', now())
            """)
        .params(version.id(), template, version.version(), version.hash())
        .update();
  }
}
