package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.segment.cooling.CoolingPolicyKind;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Chasing prices and frequent switching: marketing stops at once, and goes on by the policy. */
@ContactSlice
class CoolingOffHoldTest {

  @Autowired ContactWorld world;
  @Autowired CustomerEvents events;
  @Autowired CoolingPolicyKind kind;
  @Autowired Scheduler scheduler;
  @Autowired AutowireCapableBeanFactory beans;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @Test
  void the_shipped_rules_are_without_problems_and_wrong_ones_are_refused_in_sentences() {
    String source = kind.shipped().source();
    assertThat(kind.problems(source)).isEmpty();
    assertThat(kind.problems(source.replace("days: 14", "days: 2"))).hasSize(3);
    assertThat(kind.problems(source.replace("count >= 2 within", "zaehle >= 2 within"))).hasSize(2);
  }

  @Test
  void the_second_purchase_after_a_rise_stops_marketing_with_its_own_reason() {
    Person person = world.person();
    trades(person, "buy", 12);
    assertThat(send(person)).isInstanceOf(Sent.class);

    trades(person, "buy", 10);

    assertThat(((NotSent) send(person)).verdict().reason()).isEqualTo(WithheldReason.COOLING_OFF);
    assertThat(proofs(person)).isEqualTo(1);
    clock.advance(Duration.ofDays(14).plusSeconds(1));
    assertThat(send(person)).isInstanceOf(Sent.class);
  }

  @Test
  void small_moves_sales_after_a_rise_and_old_trades_stop_nothing() {
    Person person = world.person();
    trades(person, "buy", 9.9);
    trades(person, "buy", 9.9);
    trades(person, "sell", 30);
    trades(person, "sell", 30);
    trades(person, "buy", 30);
    clock.advance(Duration.ofDays(6));
    trades(person, "buy", 30);

    assertThat(send(person)).isInstanceOf(Sent.class);
  }

  @Test
  void selling_into_a_fall_and_frequent_switching_stop_marketing() {
    Person seller = world.person();
    trades(seller, "sell", -10);
    trades(seller, "sell", -25);
    Person switcher = world.person();
    for (int i = 0; i < 5; i++) {
      assertThat(periods(switcher)).isZero();
      trades(switcher, "sell", 0);
      trades(switcher, "buy", 0);
    }

    assertThat(send(seller)).isInstanceOf(NotSent.class);
    assertThat(send(switcher)).isInstanceOf(NotSent.class);
  }

  @Test
  void further_trades_begin_no_second_period() {
    Person person = world.person();
    for (int i = 0; i < 6; i++) {
      trades(person, "buy", 15);
    }

    assertThat(periods(person)).isEqualTo(1);
    assertThat(proofs(person)).isEqualTo(1);
    assertThat(reported(person, "cooling.began")).isEqualTo(1);
  }

  private int reported(Person person, String type) {
    return jdbc.sql("select count(*) from customer_event where customer_id = ? and type = ?")
        .params(person.id(), type)
        .query(Integer.class)
        .single();
  }

  @Test
  void education_lifts_it_when_the_least_stay_is_over_and_the_night_does_not_begin_it_again()
      throws Exception {
    Person person = world.person();
    trades(person, "buy", 15);
    trades(person, "buy", 15);
    clock.advance(Duration.ofDays(1));
    event(person, "education.completed", Map.of());
    assertThat(send(person)).isInstanceOf(NotSent.class);

    clock.advance(Duration.ofDays(2));
    night();
    assertThat(send(person)).isInstanceOf(Sent.class);
    assertThat(reported(person, "cooling.lifted")).isEqualTo(1);
    night();
    assertThat(send(person)).isInstanceOf(Sent.class);

    trades(person, "buy", 15);
    assertThat(send(person)).isInstanceOf(NotSent.class);
    assertThat(periods(person)).isEqualTo(2);
  }

  @Test
  void trades_that_were_loaded_as_history_are_found_at_night() throws Exception {
    Person person = world.person();
    for (int i = 0; i < 2; i++) {
      jdbc.sql(
              """
              insert into customer_event
                     (seq, customer_id, branch, type, occurred_at, received_at, source, event_id,
                      properties)
              values (nextval('customer_history_seq'), ?, 'CONTACT-T1', 'trade.executed', ?, ?,
                      'history', ?, '{"side": "buy", "change_5d": 20}')
              """)
          .params(
              person.id(),
              Column.at(clock.instant().minusSeconds(3600 + i)),
              Column.at(clock.instant()),
              UUID.randomUUID().toString())
          .update();
    }
    assertThat(send(person)).isInstanceOf(Sent.class);

    night();

    assertThat(send(person)).isInstanceOf(NotSent.class);
  }

  /** What the night's job does. */
  private void night() throws Exception {
    var type = scheduler.getJobDetail(JobKey.jobKey("cooling-sweep")).getJobClass();
    ((Job) beans.autowire(type, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false))
        .execute(null);
  }

  private SendResult send(Person person) {
    return world.send(world.request(person, world.template(Channel.IN_APP, Purpose.ACTIVITY)));
  }

  private void trades(Person person, String side, double change) {
    event(person, "trade.executed", Map.of("side", side, "change_5d", change));
  }

  private void event(Person person, String type, Map<String, Object> properties) {
    assertThat(
            events
                .accept(
                    "cooling-test",
                    List.of(
                        new IncomingEvent(
                            UUID.randomUUID().toString(),
                            person.ref(),
                            type,
                            clock.instant(),
                            properties)))
                .accepted())
        .isEqualTo(1);
  }

  private long periods(Person person) {
    return jdbc.sql("select count(*) from cooling_off where customer_id = ?")
        .param(person.id())
        .query(Long.class)
        .single();
  }

  private long proofs(Person person) {
    return jdbc.sql(
            "select count(*) from evidence where customer_id = ? and kind = 'suppression_changed'")
        .param(person.id())
        .query(Long.class)
        .single();
  }
}
