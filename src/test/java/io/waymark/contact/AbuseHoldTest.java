package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waymark.compliance.abuse.AbuseCase;
import io.waymark.compliance.abuse.AbuseCases;
import io.waymark.compliance.abuse.AbuseRefusedException;
import io.waymark.compliance.abuse.AbuseStatus;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Campaign abuse: rules are met as events arrive, contact is held, an officer decides. */
@ContactSlice
class AbuseHoldTest {

  private static final String OFFICER = "abuse.officer";

  @Autowired ContactWorld world;
  @Autowired CustomerEvents events;
  @Autowired AbuseCases cases;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void officer() {
    branches.saveAll(List.of(new Branch("AB01", "案件测试营业部")));
    staff.save(new StaffMember(OFFICER, "合规", Role.COMPLIANCE, "AB01", true, true), null);
    staff.save(new StaffMember("abuse.market", "营销", Role.MARKETER, "AB01", true, true), null);
  }

  @Test
  void the_third_account_of_one_device_holds_all_three_and_opens_one_case() {
    String device = UUID.randomUUID().toString();
    List<Person> people = world.people(4);
    opens(people.get(0), "device", device);
    opens(people.get(1), "device", " " + device.toUpperCase() + " ");
    assertThat(allowed(people.get(0))).isTrue();

    opens(people.get(2), "device", device);

    assertThat(people.subList(0, 3)).noneMatch(this::allowed);
    assertThat(withheld(people.get(2))).isEqualTo(WithheldReason.ABUSE_HOLD);
    assertThat(allowed(people.get(3))).isTrue();
    AbuseCase found = caseOf(people.get(0));
    assertThat(found.rule()).isEqualTo("same_device");
    assertThat(found.status()).isEqualTo(AbuseStatus.OPEN);
    assertThat(cases.customers(found.id(), BranchScope.everywhere()))
        .containsOnlyKeys(ids(people.subList(0, 3)));

    opens(people.get(3), "device", device);
    assertThat(caseOf(people.get(3)).id()).isEqualTo(found.id());
    assertThat(allowed(people.get(3))).isFalse();
  }

  @Test
  void service_is_not_held() {
    List<Person> people = openedTogether(3);
    assertThat(
            world.send(world.request(people.get(0), world.template(Channel.SMS, Purpose.SERVICE))))
        .isInstanceOf(Sent.class);
  }

  @Test
  void neither_device_nor_address_is_kept_in_clear() {
    String device = "secret-device-" + UUID.randomUUID();
    Person person = world.person();
    opens(person, "device", device);
    assertThat(
            jdbc.sql("select properties::text from customer_event where customer_id = ?")
                .param(person.id())
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(text -> text.contains("secret-device"));
    assertThat(
            jdbc.sql("select octet_length(hash) from abuse_signal where customer_id = ?")
                .param(person.id())
                .query(Integer.class)
                .list())
        .containsExactly(32);
  }

  @Test
  void accounts_of_one_device_spread_over_days_are_let_be() {
    String device = UUID.randomUUID().toString();
    List<Person> people = world.people(3);
    for (Person person : people) {
      opens(person, "device", device);
      clock.advance(Duration.ofHours(13));
    }
    assertThat(people).allMatch(this::allowed);
  }

  @Test
  void one_customer_who_opens_again_and_again_is_one_customer() {
    String device = UUID.randomUUID().toString();
    Person person = world.person();
    for (int i = 0; i < 5; i++) {
      opens(person, "device", device);
    }
    assertThat(allowed(person)).isTrue();
  }

  @Test
  void openings_that_come_like_clockwork_are_a_script_and_others_from_one_address_are_not() {
    String address = UUID.randomUUID().toString();
    List<Person> script = world.people(5);
    Instant start = clock.instant().minus(Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      opens(script.get(i), "ip", address, start.plusSeconds(60L * i + i % 2));
    }
    assertThat(caseOf(script.get(0)).rule()).isEqualTo("scripted");

    String office = UUID.randomUUID().toString();
    List<Person> colleagues = world.people(5);
    for (int i = 0; i < 5; i++) {
      opens(colleagues.get(i), "ip", office, start.plusSeconds(100L * i * i));
    }
    assertThat(colleagues).allMatch(this::allowed);
  }

  @Test
  void of_openings_at_the_same_time_none_is_overlooked() {
    for (int round = 0; round < 3; round++) {
      String device = UUID.randomUUID().toString();
      List<Person> people = world.people(3);
      CompletableFuture.allOf(
              people.stream()
                  .map(one -> CompletableFuture.runAsync(() -> opens(one, "device", device)))
                  .toArray(CompletableFuture[]::new))
          .join();
      assertThat(people).noneMatch(this::allowed);
    }
  }

  @Test
  void an_officer_releases_with_a_reason_and_customers_are_reached_again() {
    List<Person> people = openedTogether(3);
    AbuseCase found = caseOf(people.get(0));

    refused(found, AbuseStatus.RELEASED, " ", OFFICER);
    refused(found, AbuseStatus.RELEASED, "家庭共用设备", "abuse.market");
    cases.decide(found.id(), AbuseStatus.RELEASED, "家庭共用设备", OFFICER, BranchScope.everywhere());
    refused(found, AbuseStatus.CONFIRMED, "再看一次", OFFICER);

    assertThat(people).allMatch(this::allowed);
    assertThat(
            jdbc.sql("select facts from evidence where subject = ? and actor = ?")
                .params("abuse-case:" + found.id(), OFFICER)
                .query(String.class)
                .list())
        .singleElement()
        .asString()
        .contains("released");
  }

  @Test
  void confirmed_customers_stay_held_and_one_in_two_cases_is_held_by_the_other() {
    List<Person> people = openedTogether(3);
    AbuseCase first = caseOf(people.get(0));
    String contact = UUID.randomUUID().toString();
    opens(people.get(0), "contact", contact);
    opens(people.get(1), "contact", contact);

    cases.decide(first.id(), AbuseStatus.RELEASED, "误报", OFFICER, BranchScope.everywhere());
    assertThat(allowed(people.get(2))).isTrue();
    assertThat(allowed(people.get(0))).isFalse();

    AbuseCase second = caseOf(people.get(1));
    cases.decide(second.id(), AbuseStatus.CONFIRMED, "确认作弊", OFFICER, BranchScope.everywhere());
    assertThat(allowed(people.get(0))).isFalse();
  }

  @Test
  void a_branch_sees_only_cases_of_its_customers_and_decides_none_it_cannot_see_whole() {
    AbuseCase found = caseOf(openedTogether(3).get(0));
    BranchScope elsewhere = BranchScope.of("AB01");
    assertThat(cases.find(found.id(), elsewhere)).isEmpty();
    assertThat(cases.customers(found.id(), elsewhere)).isEmpty();
    assertThatExceptionOfType(AbuseRefusedException.class)
        .isThrownBy(() -> cases.decide(found.id(), AbuseStatus.RELEASED, "误报", OFFICER, elsewhere));
  }

  private void refused(AbuseCase one, AbuseStatus outcome, String reason, String actor) {
    assertThatExceptionOfType(AbuseRefusedException.class)
        .isThrownBy(() -> cases.decide(one.id(), outcome, reason, actor, BranchScope.everywhere()));
  }

  private List<Person> openedTogether(int count) {
    String device = UUID.randomUUID().toString();
    List<Person> people = world.people(count);
    people.forEach(person -> opens(person, "device", device));
    return people;
  }

  private void opens(Person person, String signal, String value) {
    opens(person, signal, value, clock.instant());
  }

  private void opens(Person person, String signal, String value, Instant at) {
    assertThat(
            events
                .accept(
                    "abuse-test",
                    List.of(
                        new IncomingEvent(
                            UUID.randomUUID().toString(),
                            person.ref(),
                            "account.opened",
                            at,
                            Map.of(signal, value))))
                .accepted())
        .isEqualTo(1);
  }

  private AbuseCase caseOf(Person person) {
    long id =
        jdbc.sql("select max(case_id) from abuse_case_customer where customer_id = ?")
            .param(person.id())
            .query(Long.class)
            .single();
    return cases.find(id, BranchScope.everywhere()).orElseThrow();
  }

  private boolean allowed(Person person) {
    return send(person) instanceof Sent;
  }

  private WithheldReason withheld(Person person) {
    return ((NotSent) send(person)).verdict().reason();
  }

  private SendResult send(Person person) {
    return world.send(world.request(person, world.template(Channel.IN_APP, Purpose.ACTIVITY)));
  }

  private static Long[] ids(List<Person> people) {
    return people.stream().map(Person::id).toArray(Long[]::new);
  }
}
