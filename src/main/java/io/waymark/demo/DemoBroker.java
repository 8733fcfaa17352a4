package io.waymark.demo;

import io.waymark.journey.AudienceEntries;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.Branches;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Fills an empty database with the demo broker, approves what ships with Waymark by two different
 * people, and runs the scheduled audiences once, so that journeys are seen running at once. A start
 * that died half-way is completed by the next one.
 */
@Component
@Profile("demo")
@Order(20)
class DemoBroker implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(DemoBroker.class);

  private final Branches branches;
  private final DemoPeople people;
  private final DemoProducts products;
  private final DemoCustomers customers;
  private final DemoHistory history;
  private final DemoApprovals approvals;
  private final JourneyVersions journeys;
  private final AudienceEntries audiences;
  private final Clock clock;

  DemoBroker(
      Branches branches,
      DemoPeople people,
      DemoProducts products,
      DemoCustomers customers,
      DemoHistory history,
      DemoApprovals approvals,
      JourneyVersions journeys,
      AudienceEntries audiences,
      Clock clock) {
    this.branches = branches;
    this.people = people;
    this.products = products;
    this.customers = customers;
    this.history = history;
    this.approvals = approvals;
    this.journeys = journeys;
    this.audiences = audiences;
    this.clock = clock;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    branches.saveAll(DemoPeople.BRANCHES);
    people.hire();
    products.launch();
    if (!customers.complete()) {
      log.info("演示数据:正在生成 {} 位客户和 90 天的行为", customers.count());
      customers.open();
      history.write(customers.count());
      customers.noteComplete();
    }
    approvals.approveAll();
    enterScheduledAudiences();
  }

  private void enterScheduledAudiences() {
    List<JourneyVersion> scheduled =
        journeys.allLive().stream()
            .filter(version -> version.settings().entryAudience() != null)
            .toList();
    String today = LocalDate.now(clock.withZone(ZoneId.of("Asia/Shanghai"))).toString();
    scheduled.forEach(version -> audiences.run(version.key(), "demo-" + today));
  }
}
