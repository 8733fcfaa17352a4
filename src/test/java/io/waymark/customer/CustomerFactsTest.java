package io.waymark.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagValue;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of customers: gate facts, tags, holdings, timeline. */
@DatabaseSlice("io.waymark.customer")
class CustomerFactsTest {

  @Autowired Customers customers;
  @Autowired Consents consents;
  @Autowired RiskAssessments assessments;
  @Autowired CustomerTags tags;
  @Autowired CustomerEvents events;
  @Autowired Holdings holdings;
  @Autowired GateFactsReader facts;
  @Autowired Addresses addresses;
  @Autowired CustomerNames names;
  @Autowired List<TimelineSource> timelines;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired StatementCounter statements;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void branches() {
    People.open(branches);
  }

  @Test
  void the_gates_get_everything_known_of_a_customer() {
    CustomerRecord record = People.tagged(Map.of("tier", "core"));
    long id = imported(record);
    Instant now = clock.instant();
    grant(record.ref(), now);
    RiskAssessment assessment = assessed(record.ref(), now);

    GateFacts known = facts.read(List.of(id)).get(id);
    assertThat(known.ref()).isEqualTo(record.ref());
    assertThat(known.branch()).isEqualTo(People.BRANCH);
    assertThat(known.customerClass()).isEqualTo(CustomerClass.ORDINARY);
    assertThat(known.legalStatus()).isEqualTo(LegalStatus.NORMAL);
    assertThat(known.birthDate()).isEqualTo(LocalDate.of(1986, 5, 1));
    assertThat(known.consents().state(Purpose.PRODUCT_MARKETING, Channel.SMS, now))
        .isEqualTo(ConsentState.GRANTED);
    assertThat(known.assessment()).isEqualTo(assessment);
    assertThat(known.tags()).isEqualTo(Map.of("tier", "core"));
  }

  @Test
  void a_customer_of_whom_little_is_known_has_facts_all_the_same_and_an_unknown_one_has_none() {
    long id = imported(People.somebody());
    Map<Long, GateFacts> read = facts.read(List.of(id, -1L));
    assertThat(read).containsOnlyKeys(id);
    assertThat(read.get(id).assessment()).isNull();
    assertThat(read.get(id).consents()).isEqualTo(ConsentMatrix.empty());
    assertThat(read.get(id).tags()).isEmpty();
  }

  @Test
  void facts_of_any_number_of_customers_take_four_statements() {
    List<CustomerRecord> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(People.somebody(People.ref(), Map.of("mobile", People.mobile())));
    }
    customers.importAll(many, "tester");
    Collection<Long> ids =
        customers.idsOf(many.stream().map(CustomerRecord::ref).toList()).values();
    assertThat(ids).hasSize(300);
    assertThat(statements.during(() -> assertThat(facts.read(ids)).hasSize(300))).hasSize(4);
    assertThat(statements.during(() -> addresses.of(ids, Channel.SMS))).hasSize(2);
    assertThat(statements.during(() -> names.clearAll(ids))).hasSize(2);
    assertThat(addresses.of(ids, Channel.SMS)).hasSize(300);
  }

  @Test
  void a_tag_is_kept_as_text_and_when_it_reads_as_one_as_a_number() {
    long id = imported(People.somebody());
    tags.setAll(
        List.of(
            new TagValue(id, "asset_total", "500000.50"),
            new TagValue(id, "tier", "core"),
            new TagValue(id, "odd", "1e9"),
            new TagValue(id, "tier", "growth"),
            new TagValue(-1, "tier", "core")),
        "tester");
    assertThat(tags.of(List.of(id), List.of()).get(id))
        .isEqualTo(Map.of("asset_total", "500000.50", "tier", "growth", "odd", "1e9"));
    assertThat(tags.of(List.of(id), List.of("tier")).get(id)).isEqualTo(Map.of("tier", "growth"));
    assertThat(number(id, "asset_total")).isEqualByComparingTo("500000.50");
    assertThat(number(id, "odd")).isNull();
    tags.set(id, "asset_total", "unknown", "tester");
    assertThat(number(id, "asset_total")).isNull();
  }

  @Test
  void setting_the_same_tag_again_makes_it_fresh() {
    long id = imported(People.somebody());
    tags.set(id, "tier", "core", "tester");
    clock.advance(Duration.ofHours(1));
    tags.set(id, "tier", "core", "tester");
    Instant updated =
        jdbc.sql("select updated_at from customer_tag where customer_id = ?")
            .param(id)
            .query((row, number) -> row.getTimestamp(1).toInstant())
            .single();
    assertThat(updated).isEqualTo(clock.instant());
  }

  @Test
  void holdings_are_replaced_as_a_whole_for_the_customers_named() {
    long anna = imported(People.somebody());
    long ben = imported(People.somebody());
    Holding fund = holding("F1", "100.50");
    Holding other = holding("F2", "7");
    holdings.replaceAll(Map.of(anna, List.of(fund, other), ben, List.of(fund)));
    assertThat(holdings.of(anna)).extracting(Holding::product).containsExactly("F1", "F2");
    holdings.replaceAll(Map.of(anna, List.of(holding("F2", "8"), holding("F2", "9"))));
    assertThat(holdings.of(anna)).hasSize(1);
    assertThat(holdings.of(anna).get(0).marketValue()).isEqualByComparingTo("9");
    assertThat(holdings.of(ben)).hasSize(1);
    holdings.replaceAll(Map.of(ben, List.of()));
    assertThat(holdings.of(ben)).isEmpty();
  }

  @Test
  void a_customer_who_moves_takes_what_is_known_along_and_leaves_history_behind() {
    CustomerRecord record = People.tagged(Map.of("tier", "core"));
    long id = imported(record);
    Instant now = clock.instant();
    grant(record.ref(), now);
    assessed(record.ref(), now);
    holdings.replaceAll(Map.of(id, List.of(holding("F1", "1"))));
    customers.importAll(
        List.of(
            new CustomerRecord(
                record.ref(),
                record.name(),
                null,
                People.OTHER_BRANCH,
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "tester");
    for (String table : List.of("customer_tag", "holding", "consent", "assessment")) {
      assertThat(branchOf(table, id)).as(table).isEqualTo(People.OTHER_BRANCH);
    }
    assertThat(branchOf("consent_change", id)).isEqualTo(People.BRANCH);
  }

  @Test
  void a_timeline_tells_events_consents_and_assessments_in_order_of_time() {
    CustomerRecord record = People.somebody();
    long id = imported(record);
    Instant now = clock.instant();
    assessed(record.ref(), now.minusSeconds(10));
    grant(record.ref(), now.minusSeconds(20));
    events.accept(
        "app",
        List.of(
            new IncomingEvent(
                record.ref() + "-1", record.ref(), "login", now.minusSeconds(15), Map.of("n", 1)),
            new IncomingEvent(record.ref() + "-2", record.ref(), "logout", now, Map.of())));
    List<TimelineEntry> entries = history(id, now.minusSeconds(20), now);
    assertThat(entries)
        .extracting(TimelineEntry::kind)
        .containsExactly("consent", "event", "assessment");
    assertThat(entries.get(0).title()).isEqualTo("同意接收");
    assertThat(entries.get(1).title()).isEqualTo("login");
    assertThat(entries.get(1).details()).containsEntry("n", "1").containsEntry("source", "app");
    assertThat(entries.get(2).details()).containsEntry("level", "C3");
    assertThat(history(id, now, now.plusSeconds(1)))
        .extracting(TimelineEntry::title)
        .containsExactly("logout");
  }

  private List<TimelineEntry> history(long id, Instant from, Instant to) {
    return timelines.stream()
        .flatMap(source -> source.of(id, from, to).stream())
        .sorted(Comparator.comparing(TimelineEntry::at))
        .toList();
  }

  @Test
  void a_tag_keeps_the_value_that_was_true_last_and_its_changes() {
    CustomerRecord record = People.somebody();
    long id = imported(record);
    Instant now = clock.instant();
    tags.setAll(List.of(new TagValue(id, "tier", "mass", now.minusSeconds(30))), "tester");
    tags.setAll(List.of(new TagValue(id, "tier", "core", now.minusSeconds(10))), "tester");
    tags.setAll(List.of(new TagValue(id, "tier", "growth", now.minusSeconds(20))), "late");
    tags.setAll(List.of(new TagValue(id, "tier", "core", now.minusSeconds(5))), "tester");
    tags.setAll(List.of(new TagValue(id, "asset_total", "1", now.minusSeconds(5))), "tester");

    assertThat(tags.of(List.of(id), List.of("tier")).get(id)).isEqualTo(Map.of("tier", "core"));
    assertThat(history(id, now.minusSeconds(60), now.plusSeconds(1)))
        .filteredOn(line -> line.kind().equals("tag"))
        .extracting(line -> line.details().get("before") + ">" + line.details().get("after"))
        .containsExactly(">mass", "mass>core");
    tags.remove("tier", List.of(id), "tester");
    assertThat(history(id, now, now.plusSeconds(1)))
        .extracting(line -> line.details().get("after"))
        .containsExactly("");
    assertThat(tags.of(List.of(id), List.of("tier")).get(id)).isEmpty();
  }

  @Test
  void a_value_past_its_freshness_is_unknown() {
    long id = imported(People.somebody());
    Instant then = clock.instant();
    tags.setAll(List.of(new TagValue(id, "churn_score", "0.9", then)), "tester");
    clock.advance(Duration.ofDays(7));
    assertThat(tags.of(List.of(id), List.of()).get(id)).containsEntry("churn_score", "0.9");
    clock.advance(Duration.ofSeconds(1));
    assertThat(tags.of(List.of(id), List.of()).get(id)).isEmpty();
    assertThat(facts.read(List.of(id)).get(id).tags()).isEmpty();
  }

  private long imported(CustomerRecord record) {
    customers.importAll(List.of(record), "tester");
    return customers.idsOf(List.of(record.ref())).get(record.ref());
  }

  private void grant(String ref, Instant at) {
    consents.record(
        List.of(
            new ConsentChange(
                ref,
                Purpose.PRODUCT_MARKETING,
                Channel.SMS,
                ConsentState.GRANTED,
                "app",
                "v1",
                at,
                null,
                null)),
        "tester");
  }

  private RiskAssessment assessed(String ref, Instant at) {
    RiskAssessment assessment =
        new RiskAssessment(
            RiskTolerance.C3,
            false,
            at,
            at.plus(Duration.ofDays(365)),
            "long",
            Set.of("bond_fund"),
            "growth");
    assessments.record(List.of(new AssessmentRow(ref, assessment)), "tester");
    return assessment;
  }

  private static Holding holding(String product, String value) {
    return new Holding(
        product, new BigDecimal(value), new BigDecimal("1"), LocalDate.of(2026, 11, 20));
  }

  private BigDecimal number(long id, String tag) {
    return jdbc.sql("select number from customer_tag where customer_id = ? and tag = ?")
        .params(id, tag)
        .query((row, number) -> row.getBigDecimal(1))
        .list()
        .get(0);
  }

  private String branchOf(String table, long id) {
    return jdbc.sql("select distinct branch from " + table + " where customer_id = ?")
        .param(id)
        .query(String.class)
        .single();
  }
}
