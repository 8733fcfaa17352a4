package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.event.IncomingEvent;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Purpose;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.segment.live.KeptAudiences;
import io.waymark.segment.live.LiveKeeping;
import io.waymark.testing.MovableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A journey entered by becoming a member of a live audience. */
@WithTravellers
class LiveAudienceEntryTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Audiences audiences;
  @Autowired LiveKeeping keeping;
  @Autowired KeptAudiences kept;
  @Autowired MovableClock clock;

  private final String code = "live-" + UUID.randomUUID().toString().substring(0, 8);
  private final String event = "seen." + code.replace("live-", "x");

  @BeforeEach
  void empty_the_queues() {
    travellers.open();
    travellers.settle();
  }

  @AfterEach
  void keep_no_more() {
    save("age > 200", false);
  }

  @Test
  void an_event_makes_a_member_and_the_member_enters_the_journey_once() {
    Traveller before = travellers.somebody();
    happens(before);
    save("event '" + event + "' exists within 7 days", true);
    fill();
    Sketch sketch =
        Sketch.of("by-live").enteredBy(code, "0 0 9 * * ?").awaits("Wait", "test.a").way("Wait");
    sketch.set("entrySchedule", "");
    sketch.publish(deployments, versions);
    Traveller after = travellers.somebody();

    happens(after);
    follow();
    travellers.settle();
    happens(after);
    follow();
    travellers.settle();

    after.standsAt("Wait");
    assertThat(travellers.participations(after.id())).hasSize(1);
    assertThat(travellers.participations(before.id()))
        .as("who was a member already is not asked in")
        .isEmpty();
  }

  private void happens(Traveller traveller) {
    travellers.events.accept(
        "test",
        List.of(
            new IncomingEvent(
                UUID.randomUUID().toString(), traveller.ref(), event, clock.instant(), Map.of())));
  }

  private void save(String rule, boolean live) {
    audiences.save(new AudienceDraft(code, "实时", rule, Purpose.SERVICE, null, live), "author");
  }

  /** Transactions of others may have to end first. */
  private void fill() {
    Instant end = Instant.now().plusSeconds(20);
    while (!kept.state(code).orElseThrow().status().equals("kept") && Instant.now().isBefore(end)) {
      follow();
    }
    assertThat(kept.state(code).orElseThrow().members()).isEqualTo(1);
  }

  private void follow() {
    while (keeping.followClock() > 0 || keeping.fill() || keeping.followChanges() > 0) {
      // Until all is quiet.
    }
  }
}
