package io.waymark.customer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.Customers;
import io.waymark.customer.People;
import io.waymark.customer.TimelineEntry;
import io.waymark.customer.TimelineSource;
import io.waymark.customer.intake.IntakeBook;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Declared types are checked, undeclared ones kept and counted; history is seen by no journey. */
@DatabaseSlice("io.waymark.customer")
class EventTypesTest {

  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired EventHistory history;
  @Autowired EventTypes types;
  @Autowired LatestEvents latest;
  @Autowired EventRetention retention;
  @Autowired IntakeBook book;
  @Autowired List<TimelineSource> timelines;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  String ref = "";
  long id;

  @BeforeEach
  void customer() {
    People.open(branches);
    ref = People.ref();
    customers.importAll(List.of(People.somebody(ref, Map.of())), "tester");
    id = customers.idsOf(List.of(ref)).get(ref);
  }

  @Test
  void a_declared_type_refuses_what_does_not_fit_and_names_the_property() {
    types.save(
        new EventType(
            "test.paid",
            "缴费",
            "客户缴费",
            "",
            null,
            List.of(
                new EventProperty("amount", PropertyType.NUMBER, true, List.of(), false),
                new EventProperty("way", PropertyType.TEXT, false, List.of("card", "cash"), false),
                new EventProperty("at", PropertyType.TIME, false, List.of(), false),
                new EventProperty("first", PropertyType.FLAG, false, List.of(), false),
                new EventProperty("payer", PropertyType.TEXT, false, List.of(), true))),
        "tester");
    BatchReport report =
        events.accept(
            "till",
            List.of(
                paid(1, Map.of("amount", 3, "way", "card", "extra", "kept", "payer", "王小明")),
                paid(2, Map.of("way", "card")),
                paid(3, Map.of("amount", "many")),
                paid(4, Map.of("amount", "12.50", "way", "shells")),
                paid(5, Map.of("amount", 1, "at", "yesterday")),
                paid(6, Map.of("amount", 1, "first", "maybe")),
                paid(7, Map.of("amount", 1, "at", "2026-11-22T09:30:00+08:00", "first", true))));

    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, "properties.amount", "missing"),
            org.assertj.core.groups.Tuple.tuple(3, "properties.amount", "wrong_type"),
            org.assertj.core.groups.Tuple.tuple(4, "properties.way", "not_allowed"),
            org.assertj.core.groups.Tuple.tuple(5, "properties.at", "wrong_type"),
            org.assertj.core.groups.Tuple.tuple(6, "properties.first", "wrong_type"));
    assertThat(lines()).extracting(TimelineEntry::title).contains("test.paid");
    assertThat(lines().toString()).contains("kept").doesNotContain("王小明");
  }

  @Test
  void an_undeclared_type_is_kept_and_counted_until_somebody_declares_it() {
    String type = "new." + ref.toLowerCase();
    events.accept(
        "till", List.of(event(1, type, clock.instant()), event(2, type, clock.instant())));
    book.writeDown();
    events.accept("till", List.of(event(3, type, clock.instant())));
    book.writeDown();
    assertThat(counted(type)).containsExactly(3L);

    types.save(new EventType(type, "新", "新的", "till", null, List.of()), "tester");
    events.accept("till", List.of(event(4, type, clock.instant())));
    book.writeDown();
    assertThat(counted(type)).containsExactly(3L);
  }

  @Test
  void a_declaration_that_is_wrong_is_refused_with_its_field() {
    assertThatThrownBy(
            () -> types.save(new EventType("Bad Code", "x", "", "", null, List.of()), "tester"))
        .isInstanceOfSatisfying(
            EventTypeRefusedException.class, e -> assertThat(e.field()).isEqualTo("code"));
  }

  @Test
  void history_is_stored_once_and_reaches_no_journey() {
    Instant then = clock.instant().minus(Duration.ofDays(200));
    List<IncomingEvent> old = List.of(event(1, "login", then), event(2, "login", then));
    assertThat(load(old)).isEqualTo(new BatchReport(2, 0, List.of()));
    assertThat(load(old)).isEqualTo(new BatchReport(0, 2, List.of()));

    assertThat(events.ofCustomer(id, clock.instant(), 10)).hasSize(2).allMatch(e -> e.seq() < 0);
    assertThat(latest.of(List.of(id))).isEmpty();
    assertThat(events.since(id, "login", 0)).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from event_queue where customer_id = ?")
                .param(id)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void what_was_loaded_is_no_news_and_what_was_reported_is_not_loaded_again() {
    Instant then = clock.instant().minus(Duration.ofDays(3));
    load(List.of(event(1, "login", then)));
    assertThat(events.accept("till", List.of(event(1, "login", then), event(2, "login", then))))
        .isEqualTo(new BatchReport(1, 1, List.of()));
    assertThat(load(List.of(event(2, "login", then), event(3, "login", then))))
        .isEqualTo(new BatchReport(1, 1, List.of()));
    assertThat(events.ofCustomer(id, clock.instant(), 10)).hasSize(3);
  }

  @Test
  void late_and_unordered_events_stand_in_the_order_they_happened_and_arrivals_in_theirs() {
    Instant now = clock.instant();
    events.accept("till", List.of(event(1, "b", now.minusSeconds(10))));
    long newest = latest.of(List.of(id)).get(id);
    events.accept("till", List.of(event(2, "a", now.minusSeconds(20))));

    assertThat(events.ofCustomer(id, now, 10))
        .extracting(CustomerEvent::type)
        .containsExactly("b", "a");
    assertThat(latest.of(List.of(id)).get(id)).isGreaterThan(newest);
  }

  @Test
  void a_type_with_a_number_of_days_is_kept_so_long_unless_a_journey_has_still_to_read_it() {
    String type = "brief." + ref.toLowerCase();
    types.save(new EventType(type, "短", "", "", 30, List.of()), "tester");
    Instant old = clock.instant().minus(Duration.ofDays(31));
    load(List.of(event(1, type, old), event(2, type, clock.instant().minus(Duration.ofDays(29)))));
    load(List.of(event(3, "login", old)));
    events.accept("till", List.of(event(4, type, old)));

    retention.run();
    assertThat(
            jdbc.sql("select event_id from customer_event where customer_id = ?")
                .param(id)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(ref + "-2", ref + "-3", ref + "-4");
  }

  private BatchReport load(List<IncomingEvent> old) {
    history.makeRoom(old);
    return transaction.execute(status -> history.load("till", old));
  }

  private List<Long> counted(String type) {
    return jdbc.sql("select events from undeclared_event_type where type = ?")
        .param(type)
        .query(Long.class)
        .list();
  }

  private List<TimelineEntry> lines() {
    Instant now = clock.instant();
    return timelines.stream()
        .flatMap(one -> one.of(id, now.minusSeconds(60), now.plusSeconds(1)).stream())
        .toList();
  }

  private IncomingEvent paid(int n, Map<String, Object> properties) {
    return new IncomingEvent(ref + "-" + n, ref, "test.paid", clock.instant(), properties);
  }

  private IncomingEvent event(int n, String type, Instant at) {
    return new IncomingEvent(ref + "-" + n, ref, type, at, Map.of());
  }
}
