package io.waymark.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DatabaseSlice({
  "io.waymark.recommend",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class RecommenderTest {

  private static final String BRANCH = "RECOMMEND";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired Recommender recommender;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired Consents consents;
  @Autowired RiskAssessments assessments;
  @Autowired Products products;
  @Autowired Branches branches;
  @Autowired GateFactsReader facts;
  @Autowired MovableClock clock;

  private final int number = NUMBER.incrementAndGet();
  private int rows;

  @BeforeEach
  void build() {
    // Forty days between tests: what one test clicked is out of the next one's window.
    clock.set(MovableClock.START.plus(Duration.ofDays(40L * number)));
    branches.saveAll(List.of(new Branch(BRANCH, BRANCH)));
  }

  @Test
  void the_product_looked_at_last_comes_first_although_another_is_popular() {
    product("old", "equity_fund", ProductRisk.R2, "on_sale");
    product("new", "equity_fund", ProductRisk.R2, "on_sale");
    product("popular", "equity_fund", ProductRisk.R2, "on_sale");
    String customer = customer(RiskTolerance.C4);
    viewed(customer, "old", 5);
    viewed(customer, "new", 2);
    viewed(customer, "old", 9);
    crowd("popular", 3);

    assertThat(recommend(customer, "equity_fund")).contains(recommended("new", "followed"));
  }

  @Test
  void what_was_looked_at_but_does_not_suit_is_never_recommended() {
    product("risky", "equity_fund", ProductRisk.R5, "on_sale");
    product("closed", "equity_fund", ProductRisk.R1, "closed");
    product("mild", "bond_fund", ProductRisk.R2, "on_sale");
    String customer = customer(RiskTolerance.C2);
    viewed(customer, "risky", 1);
    viewed(customer, "closed", 1);
    viewed(customer, "mild", 3);

    assertThat(recommend(customer, "equity_fund, bond_fund"))
        .contains(recommended("mild", "followed"));
    assertThat(recommend(customer, "equity_fund")).isEmpty();
  }

  @Test
  void without_a_view_of_his_own_the_customer_gets_what_most_customers_looked_at_and_suits() {
    product("risky", "equity_fund", ProductRisk.R4, "on_sale");
    product("mild", "equity_fund", ProductRisk.R2, "on_sale");
    product("quiet", "equity_fund", ProductRisk.R2, "on_sale");
    crowd("risky", 5);
    crowd("mild", 3);
    crowd("quiet", 2);

    assertThat(recommend(customer(RiskTolerance.C5), "equity_fund"))
        .contains(recommended("risky", "popular"));
    assertThat(recommend(customer(RiskTolerance.C2), "equity_fund"))
        .contains(recommended("mild", "popular"));
  }

  @Test
  void one_customer_who_clicks_all_day_makes_nothing_popular() {
    product("clicked", "equity_fund", ProductRisk.R2, "on_sale");
    product("liked", "equity_fund", ProductRisk.R2, "on_sale");
    String fan = customer(RiskTolerance.C4);
    for (int i = 0; i < 20; i++) {
      viewed(fan, "clicked", 1);
    }
    crowd("liked", 2);

    assertThat(recommend(customer(RiskTolerance.C4), "equity_fund"))
        .contains(recommended("liked", "popular"));
  }

  @Test
  void a_pool_of_one_product_needs_no_views_but_must_suit() {
    product("sole", "qdii", ProductRisk.R2, "on_sale");
    product("gone", "qdii", ProductRisk.R2, "closed");
    assertThat(recommend(customer(RiskTolerance.C4), "qdii")).contains(recommended("sole", "only"));
    assertThat(recommend(customer(RiskTolerance.C1), "qdii")).isEmpty();

    product("second", "qdii", ProductRisk.R2, "on_sale");
    assertThat(recommend(customer(RiskTolerance.C4), "qdii")).isEmpty();
  }

  @Test
  void who_refused_personalisation_gets_nothing_drawn_from_his_own_views() {
    product("own", "equity_fund", ProductRisk.R2, "on_sale");
    product("popular", "equity_fund", ProductRisk.R2, "on_sale");
    String customer = customer(RiskTolerance.C4);
    viewed(customer, "own", 1);
    crowd("popular", 2);
    accept(
        consents.record(
            List.of(
                new ConsentChange(
                    customer,
                    Purpose.PERSONALISATION,
                    Channel.IN_APP,
                    ConsentState.REFUSED,
                    "app",
                    "v1",
                    now(),
                    null,
                    null)),
            "test"));

    assertThat(recommend(customer, "equity_fund")).contains(recommended("popular", "popular"));
  }

  @Test
  void nothing_looked_at_within_thirty_days_and_nobody_assessed_means_nothing() {
    product("stale", "equity_fund", ProductRisk.R1, "on_sale");
    String customer = customer(RiskTolerance.C4);
    viewed(customer, "stale", 30);
    assertThat(recommend(customer, "equity_fund")).isEmpty();

    viewed(customer, "stale", 29);
    String unassessed = customer(null);
    viewed(unassessed, "stale", 1);
    assertThat(recommend(customer, "equity_fund")).contains(recommended("stale", "followed"));
    assertThat(recommend(unassessed, "equity_fund")).isEmpty();
  }

  private Optional<Recommendation> recommend(String customer, String pool) {
    long id = customers.idsOf(List.of(customer)).get(customer);
    GateFacts known = facts.read(List.of(id)).get(id);
    return recommender.recommend(known, pool, now());
  }

  private Recommendation recommended(String product, String reason) {
    return new Recommendation(code(product), reason);
  }

  private String code(String product) {
    return "rec" + number + "-" + product;
  }

  private void product(String name, String type, ProductRisk risk, String status) {
    accept(
        products.upsertAll(
            List.of(
                new Product(
                    code(name),
                    name,
                    type,
                    risk,
                    risk,
                    "基金公司",
                    "short",
                    "growth",
                    status,
                    Map.of())),
            "test"));
  }

  private String customer(RiskTolerance level) {
    String ref = "rec" + number + "-" + ++rows;
    accept(
        customers.importAll(
            List.of(
                new CustomerRecord(
                    ref,
                    "测试客户",
                    LocalDate.of(1990, 1, 1),
                    BRANCH,
                    null,
                    CustomerClass.ORDINARY,
                    LegalStatus.NORMAL,
                    Map.of(),
                    Map.of(
                        "education_high_risk", "true",
                        "education_high_risk_at", "2026-01-05T10:00:00+08:00"))),
            "test"));
    if (level != null) {
      accept(
          assessments.record(
              List.of(
                  new AssessmentRow(
                      ref,
                      new RiskAssessment(
                          level,
                          false,
                          now().minus(Duration.ofDays(1)),
                          now().plus(Duration.ofDays(300)),
                          "long",
                          Set.of("equity_fund", "bond_fund", "qdii"),
                          "aggressive"))),
              "test"));
    }
    return ref;
  }

  private void crowd(String product, int size) {
    for (int i = 0; i < size; i++) {
      viewed(customer(RiskTolerance.C4), product, 1);
    }
  }

  private void viewed(String customer, String product, int daysAgo) {
    accept(
        events.accept(
            "test",
            List.of(
                new IncomingEvent(
                    "rec" + number + "-event-" + ++rows,
                    customer,
                    "product.viewed",
                    now().minus(Duration.ofDays(daysAgo)),
                    Map.of("product", code(product))))));
  }

  private Instant now() {
    return clock.instant();
  }

  private static void accept(BatchReport report) {
    assertThat(report.problems()).isEmpty();
  }
}
