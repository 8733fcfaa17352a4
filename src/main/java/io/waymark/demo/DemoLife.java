package io.waymark.demo;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the demo broker alive: every few seconds some customer does something. */
@Component
@Profile("demo")
class DemoLife {

  private static final Logger log = LoggerFactory.getLogger(DemoLife.class);

  /** What customers do, the likelier the more often it stands here. */
  private static final List<String> EVERYDAY =
      List.of(
          "account.opened",
          "account.opened",
          "account.funded",
          "account.step_abandoned",
          "course.completed",
          "risk.assessed",
          "margin.page_viewed",
          "margin.page_viewed",
          "margin.course_completed",
          "margin.test_passed",
          "fund.page_viewed",
          "dca.created",
          "login",
          "login",
          "trade.executed",
          "redemption.large");

  private final CustomerEvents events;
  private final RiskAssessments assessments;
  private final DemoCustomers customers;
  private final Clock clock;
  private volatile boolean ready;

  DemoLife(
      CustomerEvents events, RiskAssessments assessments, DemoCustomers customers, Clock clock) {
    this.events = events;
    this.assessments = assessments;
    this.customers = customers;
    this.clock = clock;
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    ready = true;
  }

  @Scheduled(fixedDelayString = "${waymark.demo.pause:2s}")
  void live() {
    if (!ready) {
      return;
    }
    ThreadLocalRandom chance = ThreadLocalRandom.current();
    String type = EVERYDAY.get(chance.nextInt(EVERYDAY.size()));
    String customer = DemoCustomers.ref(who(type, chance));
    Instant now = clock.instant();
    if (type.equals("risk.assessed")) {
      assess(customer, now);
    }
    events.accept(
        "demo-life",
        List.of(new IncomingEvent(UUID.randomUUID().toString(), customer, type, now, Map.of())));
    log.debug("{} {}", customer, type);
  }

  /** Margin trading interests those who could qualify for it; everything else interests anybody. */
  private int who(String type, ThreadLocalRandom chance) {
    int anybody = chance.nextInt(customers.count());
    return type.startsWith("margin.") ? anybody - DemoCustomers.kind(anybody) + 3 : anybody;
  }

  private void assess(String customer, Instant now) {
    assessments.record(
        List.of(
            new AssessmentRow(
                customer,
                new RiskAssessment(
                    RiskTolerance.C3,
                    false,
                    now,
                    now.plus(Duration.ofDays(365)),
                    "long",
                    DemoCustomers.productTypes(RiskTolerance.C3),
                    "growth"))),
        "demo");
  }
}
