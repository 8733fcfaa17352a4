package io.waymark.suitability.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerLookup;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.LevelContradiction;
import io.waymark.customer.LevelContradictions;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.product.Products;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What customers do against what they said: it tightens, asks for a new assessment, no more. */
@DatabaseSlice({"io.waymark.customer", "io.waymark.product", "io.waymark.suitability"})
class BehaviourWatchTest {

  private static final AtomicInteger NEXT = new AtomicInteger();

  @Autowired Customers customers;
  @Autowired CustomerLookup lookup;
  @Autowired CustomerEvents events;
  @Autowired RiskAssessments assessments;
  @Autowired LevelContradictions contradictions;
  @Autowired ReassessmentDue due;
  @Autowired Products products;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void house() {
    branches.saveAll(List.of(new Branch("BW01", "行为测试营业部")));
    products.upsertAll(
        List.of(product("BW-R5", ProductRisk.R5), product("BW-R1", ProductRisk.R1)), "test");
  }

  @Test
  void who_redeems_three_times_after_small_losses_is_treated_one_grade_lower() {
    String ref = assessed(RiskTolerance.C3);
    redeems(ref, "2");
    redeems(ref, "4.5");
    assertThat(level(ref)).isEqualTo(RiskTolerance.C3);

    redeems(ref, "5");

    assertThat(level(ref)).isEqualTo(RiskTolerance.C2);
    assertThat(assessments.assessed(List.of(id(ref))).get(id(ref)).level())
        .isEqualTo(RiskTolerance.C3);
    assertThat(due(ref)).containsExactly("contradiction");
    assertThat(evidence(ref)).contains("level_contradicted");
  }

  @Test
  void a_fourth_redemption_does_not_lower_again_nor_announce_twice() {
    String ref = assessed(RiskTolerance.C3);
    for (int i = 0; i < 6; i++) {
      redeems(ref, "1");
    }
    assertThat(level(ref)).isEqualTo(RiskTolerance.C2);
    assertThat(due(ref)).hasSize(1);
  }

  @Test
  void great_losses_old_redemptions_and_unknown_losses_do_not_count() {
    String ref = assessed(RiskTolerance.C3);
    redeems(ref, "30");
    event(ref, "fund.redeemed", Map.of(), clock.instant());
    event(
        ref,
        "fund.redeemed",
        Map.of("loss_percent", 1),
        clock.instant().minus(Duration.ofDays(91)));
    redeems(ref, "1");
    redeems(ref, "2");
    assertThat(level(ref)).isEqualTo(RiskTolerance.C3);
    assertThat(due(ref)).isEmpty();
  }

  @Test
  void what_was_done_before_the_assessment_does_not_contradict_it() {
    String ref = assessed(RiskTolerance.C3);
    Instant before = clock.instant().minus(Duration.ofDays(11));
    for (int i = 0; i < 5; i++) {
      event(ref, "fund.redeemed", Map.of("loss_percent", 1), before.plusSeconds(i));
    }
    assertThat(level(ref)).isEqualTo(RiskTolerance.C3);
  }

  @Test
  void a_new_assessment_lifts_what_tightened_the_old_one() {
    String ref = assessed(RiskTolerance.C3);
    for (int i = 0; i < 3; i++) {
      redeems(ref, "1");
    }
    assertThat(level(ref)).isEqualTo(RiskTolerance.C2);

    clock.advance(Duration.ofDays(1));
    assess(ref, RiskTolerance.C4, clock.instant().minusSeconds(60));

    assertThat(level(ref)).isEqualTo(RiskTolerance.C4);
    assertThat(contradictions.of(List.of(id(ref)))).hasSize(1);
  }

  @Test
  void an_older_assessment_that_arrives_late_lifts_nothing() {
    String ref = assessed(RiskTolerance.C3);
    for (int i = 0; i < 3; i++) {
      redeems(ref, "1");
    }
    assess(ref, RiskTolerance.C5, clock.instant().minus(Duration.ofDays(40)));
    assertThat(level(ref)).isEqualTo(RiskTolerance.C2);
  }

  @Test
  void buying_above_the_level_asks_for_an_assessment_and_raises_nothing() {
    String ref = assessed(RiskTolerance.C2);
    event(ref, "fund.bought", Map.of("product", "BW-R1"), clock.instant());
    event(ref, "fund.bought", Map.of("product", "no-such"), clock.instant());
    assertThat(due(ref)).isEmpty();

    event(ref, "fund.bought", Map.of("product", "BW-R5"), clock.instant());

    assertThat(due(ref)).containsExactly("contradiction");
    assertThat(level(ref)).isEqualTo(RiskTolerance.C2);
  }

  @Test
  void who_was_never_assessed_contradicts_nothing() {
    String ref = somebody();
    for (int i = 0; i < 5; i++) {
      redeems(ref, "1");
    }
    assertThat(due(ref)).isEmpty();
  }

  @Test
  void of_redemptions_arriving_at_the_same_time_none_is_overlooked() {
    for (int round = 0; round < 5; round++) {
      String ref = assessed(RiskTolerance.C3);
      CompletableFuture<?>[] three =
          IntStream.range(0, 3)
              .mapToObj(i -> CompletableFuture.runAsync(() -> redeems(ref, "1")))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(three).join();
      assertThat(level(ref)).isEqualTo(RiskTolerance.C2);
    }
  }

  @Test
  void an_assessment_that_runs_out_within_thirty_days_is_announced_once() {
    String soon = somebody();
    assess(soon, RiskTolerance.C3, clock.instant().minus(Duration.ofDays(340)));
    String old = somebody();
    record(
        old, RiskTolerance.C3, clock.instant().minus(Duration.ofDays(705)), Duration.ofDays(900));
    String fresh = assessed(RiskTolerance.C3);

    due.announceExpiring();
    due.announceExpiring();

    assertThat(due(soon)).containsExactly("expiring");
    assertThat(due(old)).containsExactly("expiring");
    assertThat(due(fresh)).isEmpty();
  }

  @Test
  void the_database_itself_refuses_to_raise_a_level() {
    String ref = assessed(RiskTolerance.C2);
    LevelContradiction raised =
        new LevelContradiction(
            id(ref),
            "BW01",
            "forged",
            1,
            clock.instant(),
            clock.instant().minus(Duration.ofDays(10)),
            RiskTolerance.C2,
            RiskTolerance.C3,
            "v");
    assertThatThrownBy(() -> contradictions.record(List.of(raised)))
        .hasMessageContaining("level_contradiction_only_tightens");
  }

  private String somebody() {
    String ref = "BW-%04d".formatted(NEXT.incrementAndGet());
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "行为测试",
                LocalDate.of(1980, 1, 1),
                "BW01",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "test");
    return ref;
  }

  private String assessed(RiskTolerance level) {
    String ref = somebody();
    assess(ref, level, clock.instant().minus(Duration.ofDays(10)));
    return ref;
  }

  private void assess(String ref, RiskTolerance level, Instant at) {
    record(ref, level, at, Duration.ofDays(365));
  }

  private void record(String ref, RiskTolerance level, Instant at, Duration valid) {
    var assessment =
        new RiskAssessment(level, false, at, at.plus(valid), "medium", Set.of(), "growth");
    assertThat(assessments.record(List.of(new AssessmentRow(ref, assessment)), "test").problems())
        .isEmpty();
  }

  private void redeems(String ref, String loss) {
    event(ref, "fund.redeemed", Map.of("loss_percent", loss), clock.instant());
  }

  private void event(String ref, String type, Map<String, Object> properties, Instant at) {
    assertThat(
            events
                .accept(
                    "behaviour-test",
                    List.of(
                        new IncomingEvent("e" + NEXT.incrementAndGet(), ref, type, at, properties)))
                .accepted())
        .isEqualTo(1);
  }

  private RiskTolerance level(String ref) {
    return assessments.current(List.of(id(ref))).get(id(ref)).level();
  }

  private List<String> due(String ref) {
    return jdbc.sql(
            """
            select properties ->> 'cause' from customer_event
             where customer_id = ? and type = 'suitability.reassessment_due' order by seq
            """)
        .param(id(ref))
        .query(String.class)
        .list();
  }

  private List<String> evidence(String ref) {
    return jdbc.sql("select kind from evidence where customer_id = ?")
        .param(id(ref))
        .query(String.class)
        .list();
  }

  private long id(String ref) {
    return lookup.find(List.of(ref)).get(ref).id();
  }

  private static Product product(String code, ProductRisk risk) {
    return new Product(
        code, code, "equity_fund", risk, risk, "某公司", "medium", "growth", "on_sale", Map.of());
  }
}
