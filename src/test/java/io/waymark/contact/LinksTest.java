package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.Reply;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.contact.link.FollowedLinks;
import io.waymark.contact.link.Unsubscribing;
import io.waymark.contact.link.Visit;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Our own addresses in messages, what follows from them, and what customers write back. */
@ContactSlice
@TestPropertySource(
    properties = {
      "waymark.links.base-url=https://l.broker.example",
      "waymark.links.allowed-hosts=www.broker.example"
    })
class LinksTest {

  private static final Visit PERSON =
      new Visit("GET", Map.of("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)"));
  private static final Visit SCANNER =
      new Visit("GET", Map.of("User-Agent", "Barracuda Sentinel (EE)"));
  private static final String WORDS =
      "本周投教讲堂开讲：<a href=\"https://www.broker.example/edu?id=7\">观看</a>";

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired FollowedLinks followed;
  @Autowired Unsubscribing unsubscribing;
  @Autowired Replies replies;
  @Autowired Consents consents;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  @Test
  void only_who_agreed_is_observed_and_everybody_may_unsubscribe() {
    Person agreed = world.person();
    world.grants(agreed, Purpose.PERSONALISATION, Channel.EMAIL);
    Person silent = world.person();

    AddressedMessage observed = mailTo(agreed);
    AddressedMessage plain = mailTo(silent);

    assertThat(observed.body())
        .contains("href=\"https://l.broker.example/l/")
        .contains("<img src=\"https://l.broker.example/o/")
        .doesNotContain("www.broker.example");
    assertThat(plain.body())
        .contains("https://www.broker.example/edu?id=7")
        .doesNotContain("l.broker.example");
    for (AddressedMessage mail : List.of(observed, plain)) {
      assertThat(mail.headers())
          .containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      assertThat(mail.headers().get("List-Unsubscribe"))
          .matches("<https://l\\.broker\\.example/u/[A-Za-z0-9_-]{16}>");
    }
  }

  @Test
  void a_link_leads_on_and_a_persons_first_click_is_one_event() {
    Person person = world.person();
    world.grants(person, Purpose.PERSONALISATION, Channel.EMAIL);
    String token = token(mailTo(person).body(), "l");

    assertThat(followed.follow(token, SCANNER))
        .contains(URI.create("https://www.broker.example/edu?id=7"));
    assertThat(world.events(person, "message.clicked")).isEmpty();
    followed.follow(token, PERSON);
    followed.follow(token, PERSON);

    assertThat(world.events(person, "message.clicked")).hasSize(1);
    assertThat(followed.follow("nobody-knows-this", PERSON)).isEmpty();
  }

  @Test
  void who_takes_the_agreement_back_is_led_on_but_not_observed() {
    Person person = world.person();
    world.grants(person, Purpose.PERSONALISATION, Channel.EMAIL);
    AddressedMessage mail = mailTo(person);
    clock.advance(Duration.ofMinutes(1));
    world.refuses(person, Purpose.PERSONALISATION, Channel.EMAIL);

    assertThat(followed.follow(token(mail.body(), "l"), PERSON)).isPresent();
    followed.see(token(mail.body(), "o"), PERSON);

    assertThat(world.events(person, "message.clicked")).isEmpty();
    assertThat(world.events(person, "message.opened")).isEmpty();
  }

  @Test
  void a_picture_that_is_fetched_is_an_opened_mail() {
    Person person = world.person();
    world.grants(person, Purpose.PERSONALISATION, Channel.EMAIL);
    String token = token(mailTo(person).body(), "o");

    followed.see(token, PERSON);
    followed.see(token, PERSON);

    assertThat(world.events(person, "message.opened")).hasSize(1);
  }

  @Test
  void one_click_ends_marketing_on_the_channel_every_time_it_is_clicked() {
    Person person = world.person();
    String token = way(mailTo(person));

    assertThat(unsubscribing.offer(token).orElseThrow().chosen())
        .contains(Purpose.PRODUCT_MARKETING, Purpose.MARGIN_MARKETING, Purpose.ACTIVITY);
    assertThat(state(person, Purpose.ACTIVITY, Channel.EMAIL)).isEqualTo(ConsentState.GRANTED);
    clock.advance(Duration.ofMinutes(1));
    assertThat(unsubscribing.oneClick(token)).isTrue();

    assertThat(state(person, Purpose.ACTIVITY, Channel.EMAIL)).isEqualTo(ConsentState.REFUSED);
    assertThat(state(person, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.GRANTED);
    assertThat(world.events(person, "message.unsubscribed")).hasSize(1);
    assertThat(
            world.count(
                """
                select count(*) from evidence
                 where customer_id = ? and kind = 'consent_changed' and facts::text like ?
                """,
                person.id(),
                "%unsubscribe_link%"))
        .isPositive();

    clock.advance(Duration.ofMinutes(1));
    world.grants(person, Purpose.ACTIVITY, Channel.EMAIL);
    clock.advance(Duration.ofMinutes(1));
    unsubscribing.oneClick(token);
    assertThat(state(person, Purpose.ACTIVITY, Channel.EMAIL)).isEqualTo(ConsentState.REFUSED);
  }

  @Test
  void what_was_chosen_is_refused_and_service_notices_cannot_be() {
    Person person = world.person();
    String token = way(mailTo(person));
    clock.advance(Duration.ofMinutes(1));

    assertThat(unsubscribing.refuse(token, Set.of(Purpose.SERVICE), Set.of(Channel.SMS))).isFalse();
    assertThat(
            unsubscribing.refuse(
                token, Set.of(Purpose.ACTIVITY), Set.of(Channel.SMS, Channel.EMAIL)))
        .isTrue();

    assertThat(state(person, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.REFUSED);
    assertThat(state(person, Purpose.PRODUCT_MARKETING, Channel.SMS))
        .isEqualTo(ConsentState.GRANTED);
  }

  @Test
  void an_address_ends_with_its_time() {
    Person person = world.person();
    String token = way(mailTo(person));

    jdbc.sql("update tracked_link set expires_at = ? where token = ?")
        .params(clock.instant().minusSeconds(1).atOffset(java.time.ZoneOffset.UTC), token)
        .update();

    assertThat(unsubscribing.oneClick(token)).isFalse();
    assertThat(state(person, Purpose.ACTIVITY, Channel.EMAIL)).isEqualTo(ConsentState.GRANTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"R", "ｒ", "T", "td", "ＴＤ", "退订", " 拒收。", "N"})
  void a_reply_by_number_ends_marketing_by_text_message(String words) {
    Person person = world.person();
    world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    dispatcher.dispatchDue(10);
    clock.advance(Duration.ofMinutes(1));

    Reply reply = reply(person, words);
    replies.replied(List.of(reply));
    replies.replied(List.of(reply));

    assertThat(state(person, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.REFUSED);
    assertThat(state(person, Purpose.ACTIVITY, Channel.EMAIL)).isEqualTo(ConsentState.GRANTED);
    assertThat(world.events(person, "message.replied")).hasSize(1);
  }

  @Test
  void other_words_are_an_event_and_change_no_consent() {
    Person person = world.person();
    world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    dispatcher.dispatchDue(10);

    replies.replied(List.of(reply(person, "请问几点开始")));

    assertThat(world.events(person, "message.replied")).hasSize(1);
    assertThat(world.events(person, "message.replied").toString()).doesNotContain("几点");
    assertThat(state(person, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.GRANTED);
  }

  @Test
  void a_refusal_counts_even_when_no_message_of_ours_is_found_and_strangers_are_left_alone() {
    Person person = world.person();
    clock.advance(Duration.ofMinutes(1));

    replies.replied(
        List.of(
            reply(person, "退订"),
            new Reply(
                "smpp", Channel.SMS, "13900000000", "R", clock.instant(), "smpp:up:stranger")));

    assertThat(state(person, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.REFUSED);
  }

  @Test
  void a_refusal_from_a_number_two_customers_share_holds_for_both() {
    Person one = world.person();
    Person other = world.person();
    jdbc.sql(
            """
            insert into customer_identity
                   (customer_id, type, hash, branch, sealed, masked, position, since, stated_at,
                    updated_at)
            select ?, type, hash, branch, sealed, masked, 1, since, stated_at, updated_at
              from customer_identity where customer_id = ? and type = 'mobile'
            """)
        .params(other.id(), one.id())
        .update();
    world.sent(one, world.template(Channel.SMS, Purpose.ACTIVITY));
    dispatcher.dispatchDue(10);
    clock.advance(Duration.ofMinutes(1));

    replies.replied(List.of(reply(one, "TD")));

    assertThat(state(one, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.REFUSED);
    assertThat(state(other, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.REFUSED);
  }

  private Reply reply(Person person, String words) {
    return new Reply(
        "aliyun-sms",
        Channel.SMS,
        person.mobile(),
        words,
        clock.instant(),
        "aliyun-sms:up:" + UUID.randomUUID());
  }

  private ConsentState state(Person person, Purpose purpose, Channel channel) {
    return consents
        .of(List.of(person.id()))
        .get(person.id())
        .state(purpose, channel, clock.instant());
  }

  private AddressedMessage mailTo(Person person) {
    AtomicReference<AddressedMessage> seen = new AtomicReference<>();
    FailingProvider.next(
        Channel.EMAIL,
        (real, message) -> {
          seen.set(message);
          return real.send(message);
        });
    world.sent(person, world.template(Channel.EMAIL, Purpose.ACTIVITY, WORDS));
    dispatcher.dispatchDue(10);
    return seen.get();
  }

  private static String way(AddressedMessage mail) {
    return token(String.valueOf(mail.headers().get("List-Unsubscribe")), "u");
  }

  private static String token(String text, String door) {
    Matcher matcher =
        Pattern.compile("https://l\\.broker\\.example/" + door + "/([A-Za-z0-9_-]+)").matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
