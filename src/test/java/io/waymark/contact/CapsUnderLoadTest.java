package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The law of the caps on the real database: whatever the policy, sixteen senders at once never pass
 * it, never leave a place empty that somebody was refused, and failed messages give theirs back.
 */
@ContactSlice
class CapsUnderLoadTest {

  private static final int SENDERS = 16;
  private static final List<Channel> CHANNELS = List.of(Channel.SMS, Channel.EMAIL, Channel.IN_APP);

  /** Nobody displaces anybody. */
  private static final int NEVER = 101;

  @Autowired ContactWorld world;
  @Autowired ContactPolicies policies;
  @Autowired PolicyDocuments documents;
  @Autowired Dispatcher dispatcher;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @AfterEach
  void behave() {
    FailingProvider.behave(Channel.EMAIL);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void no_cap_is_passed_and_no_place_is_left_empty(long seed) throws Exception {
    Random random = new Random(seed);
    int margin = seed % 3 == 0 ? 20 : NEVER;
    // Far from the time of every other test: policies are shared by all of them.
    clock.set(LocalDateTime.of(2081, 3, 10, 10, 0).plusWeeks(seed));
    ContactPolicy policy = inForce(random, seed, margin);
    List<Person> people = world.people(3);
    Map<Channel, String> templates =
        Map.of(
            Channel.SMS, world.template(Channel.SMS, Purpose.ACTIVITY),
            Channel.EMAIL, world.template(Channel.EMAIL, Purpose.ACTIVITY),
            Channel.IN_APP, world.template(Channel.IN_APP, Purpose.ACTIVITY));

    check(policy, margin, people, sendTogether(random, people, templates));

    FailingProvider.always(
        Channel.EMAIL, (real, message) -> new ProviderAnswer.Rejected("address", "", false));
    dispatcher.lanes().stream()
        .filter(lane -> lane.channel() == Channel.EMAIL)
        .forEach(lane -> lane.run(1_000));
    assertThat(
            world.count(
                "select count(*) from contact_reservation where channel = 'email' and customer_id = any(?)",
                (Object) ids(people)))
        .isZero();

    check(policy, margin, people, sendTogether(random, people, templates));
  }

  private List<Outcome> sendTogether(
      Random random, List<Person> people, Map<Channel, String> templates) throws Exception {
    List<Callable<List<Outcome>>> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Random own = new Random(random.nextLong());
      senders.add(
          () -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
              // Each sender names the customers in its own order.
              List<Person> order = new ArrayList<>(people);
              Collections.shuffle(order, own);
              List<ContactRequest> batch = new ArrayList<>();
              for (Person person : order) {
                String template = templates.get(CHANNELS.get(own.nextInt(CHANNELS.size())));
                batch.add(
                    world.request(
                        person,
                        template == null ? "" : template,
                        own.nextLong(1L << 60),
                        own.nextInt(101)));
              }
              List<SendResult> results = world.send(batch);
              for (int n = 0; n < batch.size(); n++) {
                outcomes.add(new Outcome(batch.get(n).customerId(), results.get(n)));
              }
            }
            return outcomes;
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(SENDERS);
    List<Outcome> all = new ArrayList<>();
    for (Future<List<Outcome>> one : pool.invokeAll(senders)) {
      all.addAll(one.get());
    }
    pool.shutdown();
    return all;
  }

  private void check(
      ContactPolicy policy, int margin, List<Person> people, List<Outcome> outcomes) {
    for (Person person : people) {
      List<ContactFacts.Counted> places = places(person);
      for (Cap cap : policy.caps()) {
        assertThat(cap.taken(places, clock.instant()))
            .as("%s for %s", cap, person.ref())
            .hasSizeLessThanOrEqualTo(cap.max());
      }
      assertThat(
              world.count(
                  "select count(*) from contact_reservation r join message m using (message_id)"
                      + " where r.customer_id = ? and m.status in ('withheld', 'failed')",
                  person.id()))
          .as("places of messages that never left")
          .isZero();
      assertThat(world.events(person, "message.settled"))
          .filteredOn(event -> "preempted".equals(event.properties().get("reason")))
          .hasSize(
              (int)
                  world.count(
                      "select count(*) from message where customer_id = ? and reason = 'preempted'",
                      person.id()));
    }
    if (margin == NEVER) {
      outcomes.forEach(outcome -> refusedForAReason(policy, outcome));
    }
  }

  /** Who was refused was refused by a cap that is full in the end: nobody left since. */
  private void refusedForAReason(ContactPolicy policy, Outcome outcome) {
    if (!(outcome.result() instanceof NotSent no)) {
      return;
    }
    assertThat(no.verdict().reason()).isEqualTo(WithheldReason.CAP_EXCEEDED);
    Cap cap =
        policy.caps().stream()
            .filter(one -> one.code().equals(no.verdict().inputs().get("cap.cap")))
            .findFirst()
            .orElseThrow();
    assertThat(cap.taken(places(outcome.customerId()), clock.instant())).hasSize(cap.max());
  }

  private List<ContactFacts.Counted> places(Person person) {
    return places(person.id());
  }

  private List<ContactFacts.Counted> places(long customerId) {
    return jdbc.sql(
            "select channel, purpose, counts_at, priority from contact_reservation where customer_id = ?")
        .param(customerId)
        .query(
            (row, number) ->
                new ContactFacts.Counted(
                    Channel.of(row.getString("channel")),
                    Purpose.of(row.getString("purpose")),
                    Column.instant(row, "counts_at"),
                    row.getInt("priority"),
                    null))
        .list();
  }

  private ContactPolicy inForce(Random random, long seed, int margin) {
    branches.saveAll(List.of(new Branch(ContactWorld.BRANCH, "触达测试部")));
    staff.save(
        new StaffMember("cap.officer", "合规", Role.COMPLIANCE, ContactWorld.BRANCH, true, true),
        null);
    StringBuilder caps = new StringBuilder("caps:\n");
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      caps.append(cap(random, "law_" + i));
    }
    String source =
        policies
            .documentAt(clock.instant())
            .source()
            .replaceFirst("(?s)\ncaps:\n.*?\npreemption:\n", "\n" + caps + "\npreemption:\n")
            .replaceFirst("margin: \\d+", "margin: " + margin)
            .replaceFirst("version: .*", "version: caps-law-" + seed);
    PolicyDocument proposal = policies.propose(source, clock.instant(), "cap.author");
    HeldReviews.approve(documents, proposal, "cap.officer");
    ContactPolicy policy = policies.at(clock.instant());
    assertThat(policy.version()).isEqualTo("caps-law-" + seed);
    assertThat(policy.caps()).hasSize(count);
    return policy;
  }

  private static String cap(Random random, String code) {
    List<String> windows =
        List.of(
            "{kind: rolling, days: 1}",
            "{kind: rolling, days: 3}",
            "{kind: calendar_day, days: 1}",
            "{kind: calendar_week, days: 1}",
            "{kind: calendar_month, days: 1}");
    List<Channel> channels = new ArrayList<>(CHANNELS);
    Collections.shuffle(channels, random);
    int from = random.nextInt(60);
    return """
      - code: %s
        channels: [%s]
        purposes: [activity]
        priorities: {from: %d, to: %d}
        window: %s
        max: %d
        basis: test
    """
        .formatted(
            code,
            String.join(
                ", ",
                channels.subList(0, random.nextInt(channels.size() + 1)).stream()
                    .map(Channel::code)
                    .toList()),
            from,
            from + random.nextInt(101 - from),
            windows.get(random.nextInt(windows.size())),
            1 + random.nextInt(4));
  }

  private static Long[] ids(List<Person> people) {
    return people.stream().map(Person::id).toArray(Long[]::new);
  }

  private record Outcome(long customerId, SendResult result) {}
}
