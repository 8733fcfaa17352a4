package io.waymark.demo;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.platform.BatchReport;
import io.waymark.product.Product;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What the demo customers did in the ninety days before the first start. */
@Component
@Profile("demo")
class DemoHistory {

  private static final int DAYS = 90;
  private static final int BATCH = 2_000;

  private final CustomerEvents events;
  private final Clock clock;

  DemoHistory(CustomerEvents events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  void write(int customers) {
    List<IncomingEvent> pending = new ArrayList<>();
    for (int n = 0; n < customers; n++) {
      pending.addAll(of(n));
      if (pending.size() >= BATCH || n == customers - 1) {
        BatchReport report = events.accept("demo-history", pending);
        if (!report.problems().isEmpty()) {
          throw new IllegalStateException("demo data refused: " + report.problems().get(0));
        }
        pending.clear();
      }
    }
  }

  private List<IncomingEvent> of(int n) {
    Random chance = new Random(77_000L + n);
    List<IncomingEvent> happened = new ArrayList<>();
    if (DemoCustomers.idle(n)) {
      return happened;
    }
    int logins = 2 + chance.nextInt(8);
    for (int i = 0; i < logins; i++) {
      add(happened, n, "login", chance, Map.of("device", "app"));
    }
    for (int i = 0; i < chance.nextInt(4); i++) {
      add(happened, n, "trade.executed", chance, Map.of("side", i % 2 == 0 ? "buy" : "sell"));
    }
    for (int i = 0; i < chance.nextInt(3); i++) {
      Product product = DemoProducts.all().get(chance.nextInt(DemoProducts.all().size() - 1));
      add(happened, n, "product.viewed", chance, Map.of("product", product.code()));
    }
    switch (DemoCustomers.kind(n)) {
      case 1, 2 -> add(happened, n, "fund.page_viewed", chance, Map.of("page", "fund_home"));
      case 3, 9 -> {
        add(happened, n, "margin.page_viewed", chance, Map.of("page", "margin_intro"));
        add(happened, n, "margin.page_viewed", chance, Map.of("page", "margin_rules"));
      }
      case 4 -> add(happened, n, "dca.terminated", chance, Map.of("plan", "P" + n));
      case 5 ->
          add(happened, n, "dca.deduct_failed", chance, Map.of("reason", "insufficient_balance"));
      case 18 -> add(happened, n, "redemption.large", chance, Map.of("band", "50w"));
      default -> {
        // Nothing beyond the everyday.
      }
    }
    return happened;
  }

  private void add(
      List<IncomingEvent> happened, int n, String type, Random chance, Map<String, Object> facts) {
    // Older than what lets anybody into a journey, so that the past starts nothing.
    Instant at =
        clock
            .instant()
            .minus(Duration.ofDays(4L + chance.nextInt(DAYS - 4)))
            .minusSeconds(chance.nextInt(80_000));
    happened.add(
        new IncomingEvent("h-" + n + "-" + happened.size(), DemoCustomers.ref(n), type, at, facts));
  }
}
