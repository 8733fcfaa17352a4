package io.waymark.demo;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.Holding;
import io.waymark.customer.Holdings;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Invented customers (two thousand unless {@code waymark.demo.customers} says otherwise), the same
 * at every start: some without consent, some whose assessment has expired, some of the minimum
 * class, some idle, some wealthy.
 */
@Component
@Profile("demo")
class DemoCustomers {

  private static final String COMPLETE = "demo_complete";

  private static final int SEED = 20_261_122;
  private static final int BATCH = 500;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";
  private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞鹏浩宇轩梓涵怡";

  private final Customers customers;
  private final Consents consents;
  private final RiskAssessments assessments;
  private final Holdings holdings;
  private final CustomerTags tags;
  private final Clock clock;
  private final int count;

  DemoCustomers(
      Customers customers,
      Consents consents,
      RiskAssessments assessments,
      Holdings holdings,
      CustomerTags tags,
      Clock clock,
      @Value("${waymark.demo.customers:2000}") int count) {
    this.customers = customers;
    this.consents = consents;
    this.assessments = assessments;
    this.holdings = holdings;
    this.tags = tags;
    this.clock = clock;
    this.count = count;
  }

  int count() {
    return count;
  }

  static String ref(int n) {
    return String.format(Locale.ROOT, "88%06d", n);
  }

  /** What kind of person the n-th customer is; everything else follows from it. */
  static int kind(int n) {
    return n % 20;
  }

  static boolean idle(int n) {
    return kind(n) >= 14 && kind(n) <= 16;
  }

  static boolean wealthy(int n) {
    return kind(n) == 3 || kind(n) == 9;
  }

  private String last() {
    return ref(count - 1);
  }

  boolean complete() {
    Long last = customers.idsOf(List.of(last())).get(last());
    return last != null && !tags.of(List.of(last), List.of(COMPLETE)).isEmpty();
  }

  /** Notes that everything is there, history included; until then every start does it again. */
  void noteComplete() {
    tags.set(customers.idsOf(List.of(last())).get(last()), COMPLETE, "yes", "demo");
  }

  void open() {
    for (int from = 0; from < count; from += BATCH) {
      open(from, Math.min(from + BATCH, count));
    }
  }

  private void open(int from, int to) {
    List<CustomerRecord> records = new ArrayList<>();
    List<ConsentChange> given = new ArrayList<>();
    List<AssessmentRow> assessed = new ArrayList<>();
    Map<String, List<Holding>> held = new HashMap<>();
    for (int n = from; n < to; n++) {
      Random chance = new Random(SEED + n);
      records.add(person(n, chance));
      given.addAll(consents(n, chance));
      if (kind(n) != 19) {
        assessed.add(new AssessmentRow(ref(n), assessment(n, chance)));
      }
      held.put(ref(n), holdings(n, chance));
    }
    require(customers.importAll(records, "demo"));
    require(consents.record(given, "demo"));
    require(assessments.record(assessed, "demo"));
    Map<String, Long> ids = customers.idsOf(held.keySet());
    Map<Long, List<Holding>> byId = new HashMap<>();
    held.forEach((ref, list) -> byId.put(ids.get(ref), list));
    holdings.replaceAll(byId);
  }

  private static void require(BatchReport report) {
    if (!report.problems().isEmpty()) {
      throw new IllegalStateException("demo data refused: " + report.problems().get(0));
    }
  }

  private CustomerRecord person(int n, Random chance) {
    String name =
        String.valueOf(SURNAMES.charAt(chance.nextInt(SURNAMES.length())))
            + GIVEN.charAt(chance.nextInt(GIVEN.length()))
            + GIVEN.charAt(chance.nextInt(GIVEN.length()));
    // Shifted each round, so that every branch has customers of every kind.
    int branch = (n + n / 20) % DemoPeople.BRANCHES.size();
    boolean professional = kind(n) == 9;
    return new CustomerRecord(
        ref(n),
        name,
        LocalDate.of(1950 + chance.nextInt(54), 1 + chance.nextInt(12), 1 + chance.nextInt(28)),
        DemoPeople.BRANCHES.get(branch).code(),
        chance.nextInt(10) < 7 ? DemoPeople.advisor(branch * 4 + n / 7 % 4) : null,
        professional ? CustomerClass.PROFESSIONAL : CustomerClass.ORDINARY,
        kind(n) == 18 && n % 3 == 0 ? LegalStatus.COMPLAINT_HOLD : LegalStatus.NORMAL,
        Map.of(
            "mobile", String.format(Locale.ROOT, "1990%07d", n),
            "email", "c" + ref(n) + "@example.com",
            "fund_account", "F" + ref(n)),
        tags(n, chance));
  }

  private static Map<String, String> tags(int n, Random chance) {
    long assets =
        wealthy(n) ? 600_000 + chance.nextInt(14_000_000) : 2_000 + chance.nextInt(480_000);
    Map<String, String> tags = new HashMap<>();
    tags.put("asset_total", String.valueOf(assets));
    tags.put("asset_avg_20d", String.valueOf(assets * 9 / 10));
    tags.put(
        "cash_balance",
        String.valueOf(chance.nextInt(10) == 0 ? 1_000 + chance.nextInt(50_000) : 120));
    tags.put("trading_months", String.valueOf(kind(n) < 6 ? 24 + chance.nextInt(90) : n % 30));
    tags.put("experience", kind(n) < 6 ? "mature" : "newbie");
    tags.put("tier", assets > 10_000_000 ? "core" : assets > 5_000_000 ? "growth" : "mass");
    if (wealthy(n) && n % 7 != 0) {
      tags.put("education_high_risk", "true");
      tags.put("education_high_risk_at", "2026-01-05T10:00:00+08:00");
    }
    if (idle(n)) {
      tags.put("tier", "dormant");
      tags.put("idle_reason", List.of("unskilled", "dissatisfied", "busy").get(n % 3));
    }
    return tags;
  }

  private List<ConsentChange> consents(int n, Random chance) {
    List<ConsentChange> given = new ArrayList<>();
    Instant at = clock.instant().minus(Duration.ofDays(30L + chance.nextInt(300)));
    for (Purpose purpose :
        List.of(
            Purpose.SERVICE,
            Purpose.EDUCATION,
            Purpose.PRODUCT_MARKETING,
            Purpose.MARGIN_MARKETING,
            Purpose.ACTIVITY,
            Purpose.PERSONALISATION)) {
      for (Channel channel :
          List.of(Channel.SMS, Channel.EMAIL, Channel.IN_APP, Channel.WEBHOOK, Channel.PHONE)) {
        boolean silent = kind(n) == 17 && purpose.marketing();
        boolean refuses = purpose.marketing() && chance.nextInt(100) < 12;
        if (!silent) {
          given.add(
              new ConsentChange(
                  ref(n),
                  purpose,
                  channel,
                  refuses ? ConsentState.REFUSED : ConsentState.GRANTED,
                  "app",
                  "consent-2026-01",
                  at,
                  null,
                  null));
        }
      }
    }
    return given;
  }

  private RiskAssessment assessment(int n, Random chance) {
    boolean expired = kind(n) == 12 || kind(n) == 13;
    boolean minimum = kind(n) == 11;
    Instant at = clock.instant().minus(Duration.ofDays(expired ? 400 : 10 + chance.nextInt(300)));
    RiskTolerance level =
        minimum
            ? RiskTolerance.C1
            : wealthy(n)
                ? RiskTolerance.values()[3 + chance.nextInt(2)]
                : RiskTolerance.values()[1 + chance.nextInt(4)];
    return new RiskAssessment(
        level,
        minimum,
        at,
        at.plus(Duration.ofDays(365)),
        level.compareTo(RiskTolerance.C3) >= 0 ? "long" : "medium",
        productTypes(level),
        objective(level));
  }

  /** What somebody of this level usually ticks in the questionnaire. */
  static Set<String> productTypes(RiskTolerance level) {
    return switch (level) {
      case C1 -> Set.of("money_fund", "repo");
      case C2 -> Set.of("money_fund", "repo", "bond_fund");
      case C3 -> Set.of("money_fund", "repo", "bond_fund", "mixed_fund", "equity_fund");
      case C4, C5 ->
          Set.of("money_fund", "repo", "bond_fund", "mixed_fund", "equity_fund", "qdii", "margin");
    };
  }

  private static String objective(RiskTolerance level) {
    return switch (level) {
      case C1 -> "preservation";
      case C2 -> "income";
      case C3 -> "growth";
      case C4, C5 -> "aggressive";
    };
  }

  private List<Holding> holdings(int n, Random chance) {
    List<Product> products = DemoProducts.all();
    List<Holding> held = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < n % 4; i++) {
      Product product = products.get(chance.nextInt(products.size()));
      if (!product.type().equals("margin") && codes.add(product.code())) {
        BigDecimal cost = BigDecimal.valueOf(1_000 + chance.nextInt(60_000));
        BigDecimal value = cost.multiply(BigDecimal.valueOf(80 + chance.nextInt(50), 2));
        held.add(new Holding(product.code(), value, cost, LocalDate.now(clock.withZone(ZONE))));
      }
    }
    return held;
  }
}
