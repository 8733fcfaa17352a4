package io.waymark.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.identity.IdentityLinks;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.RowProblem;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Identities reported beside events or by themselves. */
@DatabaseSlice("io.waymark.customer")
class IdentityStatementsTest {

  @Autowired IdentityStatements statements;
  @Autowired IdentityLinks links;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired Addresses addresses;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired StatementCounter counter;

  @BeforeEach
  void branches() {
    People.open(branches);
  }

  @Test
  void an_identity_is_added_beside_the_others_and_the_address_stays() {
    String mobile = People.mobile();
    String second = People.mobile();
    CustomerRecord record = taken(Map.of("mobile", mobile));
    assertThat(state(record.ref(), "mobile", second).accepted()).isEqualTo(1);
    long id = id(record.ref());
    assertThat(customers.idsOf(List.of("mobile:" + mobile, "mobile:" + second)))
        .containsOnlyKeys("mobile:" + mobile, "mobile:" + second);
    assertThat(addresses.of(List.of(id), Channel.SMS)).isEqualTo(Map.of(id, mobile));
    BatchReport again = state(record.ref(), "mobile", second);
    assertThat(again.accepted()).isZero();
    assertThat(again.duplicates()).isEqualTo(1);
  }

  @Test
  void one_too_many_replaces_the_oldest_device_but_never_a_fund_account() {
    CustomerRecord record = taken(Map.of("fund_account", "F" + People.ref()));
    List<String> devices = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      devices.add("d" + People.ref());
      assertThat(state(record.ref(), "device", devices.get(i)).problems()).isEmpty();
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(customers.idsOf(devices.stream().map(one -> "device:" + one).toList()))
        .hasSize(10)
        .doesNotContainKey("device:" + devices.get(0));
    assertThat(state(record.ref(), "fund_account", "F" + People.ref()).problems())
        .extracting(RowProblem::field, RowProblem::code)
        .containsExactly(tuple("identities.fund_account", "too_many"));
  }

  @Test
  void a_bad_statement_is_named_and_the_good_ones_are_kept() {
    CustomerRecord record = taken(Map.of());
    BatchReport report =
        statements.state(
            List.of(
                new IdentityStatement(1, record.ref(), "fax", "1"),
                new IdentityStatement(2, record.ref(), "mobile", "123"),
                new IdentityStatement(3, "nobody-" + record.ref(), "mobile", People.mobile()),
                new IdentityStatement(4, record.ref(), "wechat", " "),
                new IdentityStatement(5, record.ref(), "wechat", "wx" + record.ref())),
            "tester");
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::code)
        .containsExactly(
            tuple(1, "malformed"),
            tuple(2, "malformed"),
            tuple(3, "unknown_customer"),
            tuple(4, "malformed"));
  }

  @Test
  void an_event_that_shows_a_strong_identity_makes_two_records_one() {
    String wechat = "wx" + People.ref();
    CustomerRecord one = taken(Map.of("wechat", wechat));
    CustomerRecord other = taken(Map.of());
    BatchReport report =
        events.accept(
            "app",
            List.of(
                event(other.ref(), Map.of("wechat", wechat)),
                event(one.ref(), Map.of("fax", "1"))));
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field)
        .containsExactly(tuple(2, "identities.fax"));
    while (links.judgeDue(100) > 0) {
      // until nothing is left to judge
    }
    assertThat(survivor(one.ref())).isEqualTo(survivor(other.ref()));
  }

  @Test
  void a_thousand_events_with_identities_take_as_many_statements_as_two() {
    int few = counter.during(() -> events.accept("app", many(2))).size();
    int many = counter.during(() -> events.accept("app", many(1000))).size();
    assertThat(many).isLessThanOrEqualTo(few);
    assertThat(
            counter
                .during(() -> events.accept("app", List.of(event(taken(Map.of()).ref(), Map.of()))))
                .stream()
                .filter(sql -> sql.contains("insert into customer_identity")))
        .as("who states nothing pays nothing")
        .isEmpty();
  }

  private List<IncomingEvent> many(int count) {
    List<CustomerRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(People.somebody());
    }
    customers.importAll(records, "tester");
    return records.stream()
        .map(one -> event(one.ref(), Map.of("device", "d" + one.ref(), "wechat", "w" + one.ref())))
        .toList();
  }

  private IncomingEvent event(String ref, Map<String, String> identities) {
    return new IncomingEvent(
        "e" + People.ref(), ref, "app.opened", clock.instant(), Map.of(), identities);
  }

  private BatchReport state(String ref, String type, String value) {
    return statements.state(List.of(new IdentityStatement(1, ref, type, value)), "tester");
  }

  private CustomerRecord taken(Map<String, String> identities) {
    CustomerRecord record = People.somebody(People.ref(), identities);
    assertThat(customers.importAll(List.of(record), "tester").problems()).isEmpty();
    return record;
  }

  private String survivor(String ref) {
    return customers.find(ref, BranchScope.everywhere()).orElseThrow().ref();
  }

  private long id(String ref) {
    return customers.idsOf(List.of(ref)).get(ref);
  }
}
