package io.waymark.customer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.Customers;
import io.waymark.customer.People;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice("io.waymark.customer")
class CustomerEventsTest {

  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired Arrivals arrivals;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired StatementCounter statements;
  @Autowired TransactionTemplate transaction;

  String ref = "";
  String mobile = "";
  long id;

  @BeforeEach
  void customer() {
    People.open(branches);
    ref = People.ref();
    mobile = People.mobile();
    customers.importAll(List.of(People.somebody(ref, Map.of("mobile", mobile))), "tester");
    id = customers.idsOf(List.of(ref)).get(ref);
  }

  @Test
  void an_event_is_stored_with_what_it_says() {
    Instant at = clock.instant().minus(Duration.ofMinutes(3));
    BatchReport report =
        events.accept(
            "app",
            List.of(
                new IncomingEvent(
                    ref + "-1", ref, "product.viewed", at, Map.of("product", "P1", "seconds", 3))));
    assertThat(report).isEqualTo(new BatchReport(1, 0, List.of()));
    CustomerEvent event = only();
    assertThat(event.customerId()).isEqualTo(id);
    assertThat(event.branch()).isEqualTo(People.BRANCH);
    assertThat(event.type()).isEqualTo("product.viewed");
    assertThat(event.occurredAt()).isEqualTo(at);
    assertThat(event.receivedAt()).isEqualTo(clock.instant());
    assertThat(event.properties()).isEqualTo(Map.of("product", "P1", "seconds", 3));
  }

  @Test
  void an_event_sent_again_is_left_alone() {
    IncomingEvent event = login(ref + "-1", ref);
    events.accept("app", List.of(event));
    assertThat(events.accept("app", List.of(event, event)))
        .isEqualTo(new BatchReport(0, 2, List.of()));
    assertThat(events.accept("counter", List.of(event)).accepted()).isEqualTo(1);
    assertThat(all()).hasSize(2);
  }

  @Test
  void an_event_repeated_within_its_batch_counts_once() {
    IncomingEvent event = login(ref + "-1", ref);
    assertThat(events.accept("app", List.of(event, event)))
        .isEqualTo(new BatchReport(1, 1, List.of()));
  }

  @Test
  void a_customer_may_be_named_by_any_identity() {
    assertThat(events.accept("app", List.of(login(ref + "-1", "mobile:" + mobile))).accepted())
        .isEqualTo(1);
    assertThat(only().customerId()).isEqualTo(id);
  }

  @Test
  void each_bad_event_is_named_and_the_good_ones_are_kept() {
    Instant now = clock.instant();
    BatchReport report =
        events.accept(
            "app",
            List.of(
                login(ref + "-1", ref),
                login("", ref),
                login("i".repeat(201), ref),
                login(ref + "-2", "nobody"),
                login(ref + "-3", ""),
                event(ref + "-4", "Log In", now),
                event(ref + "-5", "login", now.plus(Duration.ofDays(1)).plusMillis(1)),
                new IncomingEvent(
                    ref + "-6", ref, "login", now, Map.of("text", "x".repeat(17 * 1024))),
                new IncomingEvent(ref + "-7", ref, "login", now, Map.of("text", "a\u0000b")),
                login(ref + "\u0000", ref),
                login(ref + "-8", "mobile:\u0000"),
                event(ref + "-9", "login", now.plus(Duration.ofDays(1)))));
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            tuple(2, "eventId", "blank"),
            tuple(3, "eventId", "too_long"),
            tuple(4, "customer", "unknown_customer"),
            tuple(5, "customer", "blank"),
            tuple(6, "type", "malformed"),
            tuple(7, "occurredAt", "future"),
            tuple(8, "properties", "too_long"),
            tuple(9, "properties", "malformed"),
            tuple(10, "eventId", "malformed"),
            tuple(11, "customer", "unknown_customer"));
  }

  @Test
  void events_keep_the_order_in_which_they_were_given() {
    List<IncomingEvent> given = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      given.add(event(ref + "-" + (99 - i), "step" + i, clock.instant()));
    }
    events.accept("app", given);
    List<CustomerEvent> latestFirst = all();
    for (int i = 0; i < 50; i++) {
      assertThat(latestFirst.get(49 - i).type()).isEqualTo("step" + i);
    }
  }

  @Test
  void events_after_another_are_read_by_type_in_order() {
    events.accept(
        "app", List.of(login(ref + "-1", ref), event(ref + "-2", "logout", clock.instant())));
    events.accept("app", List.of(login(ref + "-3", ref), login(ref + "-4", ref)));
    List<CustomerEvent> logins = events.since(id, "login", 0);
    assertThat(logins).hasSize(3);
    assertThat(events.since(id, "login", logins.get(0).seq())).isEqualTo(logins.subList(1, 3));
    assertThat(events.since(id, "login", logins.get(2).seq())).isEmpty();
  }

  @Test
  void what_waymark_itself_reports_is_written_the_same_way_and_once() {
    InternalEvent settled =
        new InternalEvent(
            "contact",
            ref + "-m1",
            id,
            People.BRANCH,
            "message.settled",
            clock.instant(),
            Map.of("outcome", "delivered"));
    events.record(List.of(settled));
    events.record(List.of(settled));
    assertThat(only().properties()).isEqualTo(Map.of("outcome", "delivered"));
  }

  @Test
  void consumers_are_woken_after_the_commit_and_not_before() {
    arrivals.clear();
    transaction.executeWithoutResult(
        status -> {
          events.accept("app", List.of(login(ref + "-1", ref), login(ref + "-2", ref)));
          assertThat(arrivals.counts()).isEmpty();
        });
    assertThat(arrivals.counts()).containsExactly(2);
  }

  @Test
  void nobody_is_woken_by_a_rollback_or_by_duplicates() {
    events.accept("app", List.of(login(ref + "-1", ref)));
    arrivals.clear();
    events.accept("app", List.of(login(ref + "-1", ref)));
    transaction.executeWithoutResult(
        status -> {
          events.accept("app", List.of(login(ref + "-2", ref)));
          status.setRollbackOnly();
        });
    assertThat(arrivals.counts()).isEmpty();
    assertThat(all()).hasSize(1);
  }

  @Test
  void a_thousand_events_take_two_statements() {
    List<IncomingEvent> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(login(ref + "-" + i, i % 2 == 0 ? ref : "mobile:" + mobile));
    }
    assertThat(statements.during(() -> events.accept("app", many))).hasSize(2);
    assertThat(events.ofCustomer(id, clock.instant().plusSeconds(60), 2000)).hasSize(1000);
  }

  @Test
  void a_source_must_have_a_name() {
    assertThatThrownBy(() -> events.accept(" ", List.of(login(ref + "-1", ref))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("来源");
  }

  private IncomingEvent login(String eventId, String customer) {
    return new IncomingEvent(eventId, customer, "login", clock.instant(), Map.of());
  }

  private IncomingEvent event(String eventId, String type, Instant at) {
    return new IncomingEvent(eventId, ref, type, at, Map.of());
  }

  private List<CustomerEvent> all() {
    return events.ofCustomer(id, clock.instant().plus(Duration.ofDays(2)), 100);
  }

  private CustomerEvent only() {
    assertThat(all()).hasSize(1);
    return all().get(0);
  }
}
