package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.rehearsal.Acts;
import io.waymark.journey.rehearsal.Person;
import io.waymark.journey.rehearsal.RehearsalTheatre;
import io.waymark.journey.rehearsal.Scene;
import io.waymark.journey.rehearsal.Script;
import io.waymark.testing.MovableClock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One customer's journey is tried out, real or invented, and nothing of it has happened. */
@WithTravellers
class OneCustomerRehearsalTest {

  private static final String WIN_BACK = "win-back";

  @Autowired Travellers travellers;
  @Autowired RehearsalTheatre theatre;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void the_house_is_open() {
    travellers.open();
  }

  private Scene play(Person person, String... acts) {
    return theatre.play(
        Script.of(version().id()), person, clock.instant(), Acts.read(String.join("\n", acts)));
  }

  private JourneyVersion version() {
    return travellers.versions.live(WIN_BACK).orElseThrow();
  }

  private static Person invented() {
    return Person.invented(Travellers.BRANCH).tagged(Map.of("asset_total", "20000"));
  }

  @Test
  void an_invented_customer_is_sent_what_a_real_one_would_be() {
    Scene scene = play(invented());

    assertThat(scene.problem()).isNull();
    assertThat(scene.refused()).isNull();
    assertThat(scene.standing()).containsExactly("Gw_ReviewWait");
    assertThat(scene.messages())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.template()).isEqualTo("winback-review-sms");
              assertThat(letter.status()).isEqualTo("delivered");
              assertThat(letter.text()).startsWith("【路标证券】");
            });
    assertThat(scene.awaited()).contains("holding.reviewed");
  }

  @Test
  void what_does_not_arrive_goes_by_mail() {
    Scene scene = play(invented(), "fails");

    assertThat(scene.way()).extracting(Scene.Passed::node).contains("Send_ReviewEmail");
    assertThat(scene.messages()).extracting(Scene.Letter::status).containsExactly("failed", "sent");
    assertThat(play(invented(), "fails", "fails").messages())
        .extracting(Scene.Letter::status)
        .containsExactly("failed", "failed");
    assertThat(play(invented(), "no-receipt").standing()).containsExactly("Gw_SmsResult");
  }

  @Test
  void days_pass_an_advisor_answers_and_the_customer_leaves() {
    Scene called = play(invented(), "pass P3D");
    assertThat(called.standing()).containsExactly("Task_Call");
    assertThat(called.tasks())
        .singleElement()
        .satisfies(t -> assertThat(t.outcomes()).contains("no_time"));

    Scene left = play(invented(), "pass P3D", "answer no_time");
    assertThat(left.left()).isEqualTo("no_need");
  }

  @Test
  void an_event_wakes_whoever_waits_for_it() {
    Scene scene = play(invented(), "event holding.reviewed", "pass P10D");
    assertThat(scene.left()).isEqualTo("reviewed");
  }

  @Test
  void a_real_customer_is_played_as_he_is() {
    Traveller nobody =
        travellers.somebodyFor(WIN_BACK, "mobile", "email").tagged("asset_total", "20000");
    Scene scene = play(Person.real(nobody.id(), Travellers.BRANCH));
    assertThat(scene.standing()).containsExactly("Task_Call");
    assertThat(scene.verdicts()).extracting(Scene.Ruling::reason).contains("address_missing");
    assertThat(travellers.participations(nobody.id())).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from verdict where customer_id = ?")
                .param(nobody.id())
                .query(Long.class)
                .single())
        .isZero();
  }
}
