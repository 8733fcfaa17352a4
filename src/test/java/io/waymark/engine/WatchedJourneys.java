package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.watch.Alert;
import io.waymark.engine.watch.Alerts;
import io.waymark.engine.watch.Mending;
import io.waymark.engine.watch.StuckCase;
import io.waymark.engine.watch.StuckKind;
import io.waymark.engine.watch.Watchdog;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeCounts;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Journeys under watch, and the words of the tests that break and mend them. */
@WithTravellers
abstract class WatchedJourneys {

  static final BranchScope ALL = BranchScope.everywhere();
  static final String REASON = "值班处理";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Watchdog watchdog;
  @Autowired Alerts alerts;
  @Autowired Mending mending;
  @Autowired JdbcClient jdbc;
  @Autowired ManagementService management;
  @Autowired MovableClock clock;
  @Autowired NodeCounts counts;
  @Autowired StatementCounter statements;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  Sketch waits() {
    Sketch sketch = Sketch.of("watch").awaits("Wait", "test.a").goal("test.goal").way("Wait");
    sketch.publish(deployments, versions);
    return sketch;
  }

  Sketch task() {
    Sketch sketch = Sketch.of("watch").task("Task_A", "agreed").goal("test.goal").way("Task_A");
    sketch.publish(deployments, versions);
    return sketch;
  }

  Sketch pausesThenChecks() {
    Sketch sketch =
        Sketch.of("watch").timer("Pause", "PT2H").awaits("Wait", "test.a").way("Pause", "Wait");
    sketch.publish(deployments, versions);
    return sketch;
  }

  Traveller enters(Sketch sketch) {
    return travellers.somebody().does(sketch.entry());
  }

  Traveller failing(Sketch sketch) {
    Traveller traveller = enters(sketch).breaksDownAt(sketch.key(), "f2");
    exhaust(traveller);
    return traveller;
  }

  void exhaust(Traveller traveller) {
    Job job = management.createJobQuery().processInstanceId(traveller.instance()).singleResult();
    if (job.getRetries() == 0) {
      return;
    }
    clock.advance(Duration.ofHours(3));
    for (int i = 0; i < 5; i++) {
      try {
        management.executeJob(job.getId());
      } catch (RuntimeException expected) {
        assertThat(expected).isNotNull();
      }
    }
  }

  Alert found(StuckKind kind, Sketch sketch, String node) {
    watchdog.look();
    return alert(kind, sketch.key(), node);
  }

  List<Alert> alertsOf(StuckKind kind, Sketch sketch) {
    watchdog.look();
    List<Alert> found = alerts.page(null, kind, sketch.key(), ALL, 0, 50);
    assertThat(found).isNotEmpty();
    return found;
  }

  Alert alert(StuckKind kind, String journey, String node) {
    List<Alert> found = alerts.page(null, null, journey, ALL, 0, 50);
    assertThat(found).extracting(Alert::kind, Alert::node).contains(tuple(kind, node));
    return found.stream()
        .filter(alert -> alert.kind() == kind && alert.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  List<StuckCase> cases(Alert alert) {
    return alerts.cases(alert.id(), ALL, 0, 50);
  }

  Mending.Report mend(Alert alert) {
    return mending.mend(alert.kind(), cases(alert), REASON, "operator", ALL);
  }

  /** Found as this and nothing else, mended, proved, and then found no more. */
  void mendOnly(StuckKind kind, Sketch sketch, String node) {
    Alert alert = found(kind, sketch, node);
    assertThat(alert.cases()).isEqualTo(1);
    Mending.Report report = mend(alert);
    assertThat(report.failed()).isEmpty();
    assertThat(report.mended()).isEqualTo(1);
    assertThat(
            jdbc.sql("select count(*) from evidence where kind = 'journey_mended' and subject = ?")
                .param(subjectOf(alert))
                .query(Long.class)
                .single())
        .as("proof")
        .isEqualTo(1);
    nothing(kind, sketch);
  }

  String subjectOf(Alert alert) {
    return cases(alert).get(0).subject();
  }

  void nothing(StuckKind kind, Sketch sketch) {
    watchdog.look();
    assertThat(alerts.page(null, kind, sketch.key(), ALL, 0, 50)).isEmpty();
  }
}
