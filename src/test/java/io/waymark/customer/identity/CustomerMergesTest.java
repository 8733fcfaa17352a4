package io.waymark.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentMatrix;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.People;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice("io.waymark.customer")
class CustomerMergesTest {

  private static final BranchScope ALL = BranchScope.everywhere();
  private static final String WHY = "同一身份证件,柜面核实";

  @Autowired CustomerMerges merges;
  @Autowired Customers customers;
  @Autowired Consents consents;
  @Autowired GateFactsReader facts;
  @Autowired CustomerEvents events;
  @Autowired TagRegistry tags;
  @Autowired Branches branches;
  @Autowired EvidenceLog evidence;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  String old = "";
  String young = "";
  String mobile = "";
  long oldId;
  long youngId;

  @BeforeEach
  void two_records() {
    People.open(branches);
    tags.declareMissing(Set.of("gender", "city"), "tester");
    old = People.ref();
    young = People.ref();
    mobile = People.mobile();
    take(record(old, LegalStatus.NORMAL, Map.of(), Map.of("gender", "male")));
    take(record(young, LegalStatus.NORMAL, Map.of("mobile", mobile), Map.of("city", "上海")));
    oldId = id(old);
    youngId = id(young);
    clock.advance(Duration.ofMinutes(1));
  }

  @Test
  void every_name_of_both_finds_the_survivor_until_the_merge_is_undone() {
    CustomerMerge merge = merges.merge(young, old, WHY, "officer", ALL);

    assertThat(merge.survivorRef()).isEqualTo(old);
    assertThat(customers.idsOf(List.of(old, young, "mobile:" + mobile)))
        .isEqualTo(Map.of(old, oldId, young, oldId, "mobile:" + mobile, oldId));
    assertThat(customers.find(young, ALL).orElseThrow().ref()).isEqualTo(old);

    merges.undo(merge.id(), "认错了人", "officer", ALL);
    assertThat(customers.idsOf(List.of(old, young, "mobile:" + mobile)))
        .isEqualTo(Map.of(old, oldId, young, youngId, "mobile:" + mobile, youngId));
  }

  @Test
  void an_event_of_either_name_and_one_not_yet_read_are_the_survivors() {
    happens(young, "before");
    merges.merge(old, young, WHY, "officer", ALL);
    happens(young, "after");

    assertThat(
            jdbc.sql(
                    """
                    select e.customer_id from event_queue q
                      join customer_event e on e.seq = q.seq where q.customer_id = ?
                    """)
                .param(oldId)
                .query(Long.class)
                .list())
        .containsExactly(oldId, oldId);
  }

  @Test
  void the_gate_knows_the_survivor_alone_and_the_strictest_of_both() {
    take(record(young, LegalStatus.BLACKLISTED, Map.of(), Map.of()));
    says(old, ConsentState.GRANTED);
    says(young, ConsentState.REFUSED);
    merges.merge(old, young, WHY, "officer", ALL);

    Map<Long, GateFacts> known = facts.read(List.of(oldId, youngId));
    assertThat(known).containsOnlyKeys(oldId);
    GateFacts survivor = known.get(oldId);
    assertThat(survivor.legalStatus()).isEqualTo(LegalStatus.BLACKLISTED);
    assertThat(survivor.tags()).containsEntry("gender", "male").containsEntry("city", "上海");
    assertThat(state(survivor.consents())).isEqualTo(ConsentState.REFUSED);

    clock.advance(Duration.ofMinutes(1));
    says(young, ConsentState.GRANTED);
    assertThat(state(consents.of(List.of(oldId)).get(oldId)))
        .as("said by the person after the merge")
        .isEqualTo(ConsentState.GRANTED);
  }

  @Test
  void a_refusal_said_in_between_holds_for_both_afterwards() {
    says(young, ConsentState.GRANTED);
    CustomerMerge merge = merges.merge(old, young, WHY, "officer", ALL);
    clock.advance(Duration.ofMinutes(1));
    says(young, ConsentState.REFUSED);
    merges.undo(merge.id(), "认错了人", "officer", ALL);

    Map<Long, ConsentMatrix> after = consents.of(List.of(oldId, youngId));
    assertThat(state(after.get(oldId))).isEqualTo(ConsentState.REFUSED);
    assertThat(state(after.get(youngId))).isEqualTo(ConsentState.REFUSED);
  }

  @Test
  void two_persons_are_not_merged_and_one_record_only_once() {
    String third = People.ref();
    CustomerRecord stranger = People.somebody(third, Map.of());
    take(
        new CustomerRecord(
            third,
            stranger.name(),
            LocalDate.of(1990, 1, 1),
            stranger.branch(),
            null,
            CustomerClass.ORDINARY,
            LegalStatus.NORMAL,
            Map.of(),
            Map.of()));
    refused(old, third, ALL, "出生日期不同");
    refused(old, old, ALL, "相同");
    refused(old, "nobody", ALL, "找不到");
    refused(old, young, BranchScope.of("elsewhere"), "找不到");

    CustomerMerge merge = merges.merge(old, young, WHY, "officer", ALL);
    refused(old, young, ALL, "已经合并");
    merges.undo(merge.id(), "认错了人", "officer", ALL);
    assertThatThrownBy(() -> merges.undo(merge.id(), "再来", "officer", ALL))
        .isInstanceOf(MergeRefusedException.class);
    assertThat(evidence.ofCustomer(youngId).stream().map(EvidenceRow::kind))
        .contains(EvidenceKind.CUSTOMERS_MERGED, EvidenceKind.MERGE_UNDONE);
  }

  @Test
  void merging_and_undoing_gives_back_both_whatever_was_known() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 25; round++) {
      List<String> refs = List.of(People.ref(), People.ref());
      for (String ref : refs) {
        anything(ref, random);
      }
      Map<Long, GateFacts> before = facts.read(customers.idsOf(refs).values());
      Map<String, Long> ids = customers.idsOf(refs);

      CustomerMerge merge = merges.merge(refs.get(0), refs.get(1), WHY, "officer", ALL);
      assertThat(facts.read(ids.values())).hasSize(1);
      clock.advance(Duration.ofSeconds(random.nextInt(60)));
      merges.undo(merge.id(), "认错了人", "officer", ALL);

      assertThat(customers.idsOf(refs)).isEqualTo(ids);
      assertThat(facts.read(ids.values())).as("round " + round).isEqualTo(before);
    }
  }

  private void anything(String ref, Random random) {
    Map<String, String> tagged = new HashMap<>();
    for (String tag : List.of("gender", "city")) {
      if (random.nextBoolean()) {
        tagged.put(tag, "v" + random.nextInt(3));
      }
    }
    clock.advance(Duration.ofSeconds(random.nextInt(5)));
    LegalStatus status = LegalStatus.values()[random.nextInt(LegalStatus.values().length)];
    take(record(ref, status, Map.of("mobile", People.mobile()), tagged));
    if (random.nextBoolean()) {
      says(ref, random.nextBoolean() ? ConsentState.GRANTED : ConsentState.REFUSED);
    }
  }

  private void refused(String one, String other, BranchScope scope, String why) {
    assertThatThrownBy(() -> merges.merge(one, other, WHY, "officer", scope))
        .isInstanceOf(MergeRefusedException.class)
        .hasMessageContaining(why);
  }

  private static CustomerRecord record(
      String ref, LegalStatus status, Map<String, String> identities, Map<String, String> tags) {
    CustomerRecord base = People.somebody(ref, identities);
    return new CustomerRecord(
        ref,
        base.name(),
        base.birthDate(),
        base.branch(),
        null,
        CustomerClass.ORDINARY,
        status,
        identities,
        tags);
  }

  private void take(CustomerRecord record) {
    assertThat(customers.importAll(List.of(record), "tester").problems()).isEmpty();
  }

  private long id(String ref) {
    return customers.idsOf(List.of(ref)).get(ref);
  }

  private void says(String ref, ConsentState state) {
    BatchReport report =
        consents.record(
            List.of(
                new ConsentChange(
                    ref,
                    Purpose.ACTIVITY,
                    Channel.SMS,
                    state,
                    "app",
                    "v1",
                    clock.instant(),
                    null,
                    null)),
            "tester");
    assertThat(report.problems()).isEmpty();
  }

  private ConsentState state(ConsentMatrix matrix) {
    return matrix.state(Purpose.ACTIVITY, Channel.SMS, clock.instant());
  }

  private void happens(String ref, String what) {
    assertThat(
            events
                .accept(
                    "merge-test",
                    List.of(
                        new IncomingEvent(
                            ref + what, ref, "app.opened", clock.instant(), Map.of())))
                .problems())
        .isEmpty();
  }
}
