package io.waymark.segment.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagChange;
import io.waymark.customer.tag.TagHistory;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shipped tiers of requirements D7 and D8 as they are computed. */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class TiersTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired ValueModels models;
  @Autowired ValueModelKind kind;
  @Autowired Customers customers;
  @Autowired CustomerTags tags;
  @Autowired TagHistory history;
  @Autowired CustomerEvents events;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void house() {
    branches.saveAll(List.of(new Branch("TIER", "分层测试营业部")));
  }

  @Test
  void the_shipped_model_is_without_problems_and_shares_out_all_resources() {
    String source = kind.shipped().source();

    assertThat(kind.problems(source)).isEmpty();
    TierScheme service = kind.read(source).schemes().get(1);
    assertThat(service.tiers()).extracting(Tier::code).containsExactly("D", "A", "B", "C");
    assertThat(service.tiers()).extracting(Tier::share).containsExactly(10, 30, 40, 20);
    assertThat(service.tiers()).allMatch(tier -> !tier.cadence().isEmpty());
  }

  @Test
  void a_model_with_mistakes_is_refused_in_sentences() {
    String wrong =
        kind.shipped()
            .source()
            .replace("bins: 5", "bins: 1")
            .replace("share: 40", "share: 50")
            .replace("never event trade.executed within 90 days", "in audience dormant");

    assertThat(kind.problems(wrong))
        .hasSize(3)
        .anySatisfy(one -> assertThat(one).contains("bins"))
        .anySatisfy(one -> assertThat(one).contains("合计 100"))
        .anySatisfy(one -> assertThat(one).contains("不能引用人群"));
    assertThat(kind.problems("rfm: {}")).hasSize(1);
  }

  @Test
  void wealth_alone_does_not_make_a_core_customer_and_what_is_unknown_gives_no_tier() {
    long core =
        customer(
            Map.of("asset_total", "12000000", "service_paid_rate", "80", "violation_count", "0"));
    long punished =
        customer(
            Map.of("asset_total", "12000000", "service_paid_rate", "95", "violation_count", "2"));
    long unknown = customer(Map.of("asset_total", "12000000"));
    long small = customer(Map.of("asset_total", "300000"));
    long nobody = customer(Map.of());
    long warned = customer(Map.of("asset_total", "12000000"));
    event(warned, "redemption.large");

    models.run();

    assertThat(tier(core, "value_tier")).isEqualTo("core");
    assertThat(tier(punished, "value_tier")).isEqualTo("mass");
    assertThat(tier(unknown, "value_tier")).isNull();
    assertThat(tier(small, "value_tier")).isEqualTo("mass");
    assertThat(tier(nobody, "value_tier")).isNull();
    assertThat(tier(warned, "value_tier")).isEqualTo("warning");
  }

  @Test
  void who_trades_no_more_falls_to_d_and_the_change_is_kept() {
    long a = customer(Map.of("asset_total", "10000000", "commission_year", "50000"));
    long b = customer(Map.of("asset_total", "10000000", "commission_year", "49999"));
    long c = customer(Map.of("asset_total", "4999999", "commission_year", "90000"));
    List.of(a, b, c).forEach(one -> event(one, "trade.executed"));

    models.run();
    assertThat(List.of(tier(a, "service_tier"), tier(b, "service_tier"), tier(c, "service_tier")))
        .containsExactly("A", "B", "C");
    Instant before = clock.instant();

    clock.advance(Duration.ofDays(91));
    models.run();

    assertThat(tier(a, "service_tier")).isEqualTo("D");
    assertThat(history.of(a, before, clock.instant().plusSeconds(1)))
        .filteredOn(change -> change.tag().equals("service_tier"))
        .extracting(TagChange::before, TagChange::after)
        .containsExactlyInAnyOrder(tuple(null, "A"), tuple("A", "D"));
  }

  @Test
  void a_second_run_writes_nothing_that_stands_already() {
    long small = customer(Map.of("asset_total", "300000"));
    models.run();
    Instant first = asOf(small);

    clock.advance(Duration.ofHours(24));
    models.run();

    assertThat(asOf(small)).isEqualTo(first);
  }

  private Instant asOf(long customer) {
    return jdbc.sql("select as_of from customer_tag where customer_id = ? and tag = 'value_tier'")
        .param(customer)
        .query((row, number) -> row.getTimestamp(1).toInstant())
        .single();
  }

  private String tier(long customer, String tag) {
    return tags.of(List.of(customer), List.of(tag)).get(customer).get(tag);
  }

  private long customer(Map<String, String> values) {
    String ref = "TIER-" + NUMBER.incrementAndGet();
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "分层测试",
                LocalDate.of(1980, 1, 1),
                "TIER",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "test");
    long id = customers.idsOf(List.of(ref)).get(ref);
    values.forEach((tag, value) -> tags.set(id, tag, value, "test"));
    return id;
  }

  private void event(long customer, String type) {
    String ref = customers.refsOf(List.of(customer)).get(customer);
    assertThat(
            events
                .accept(
                    "tier-test",
                    List.of(
                        new IncomingEvent(
                            ref + type + NUMBER.incrementAndGet(),
                            ref,
                            type,
                            clock.instant(),
                            Map.of())))
                .problems())
        .isEmpty();
  }
}
