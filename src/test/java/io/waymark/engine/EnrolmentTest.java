package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.AudienceEntries;
import io.waymark.journey.EnrolmentRunner;
import io.waymark.journey.Enrolments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.test.util.ReflectionTestUtils;

/** Who is asked in enters once, or stays as a row that says why not. */
@WithTravellers
class EnrolmentTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired EnrolmentRunner runner;
  @Autowired Enrolments enrolments;
  @Autowired AudienceEntries entries;
  @Autowired Audiences audiences;
  @Autowired Scheduler scheduler;
  @Autowired SchedulerFactoryBean schedulerFactory;
  @Autowired StatementCounter statements;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void empty_the_queues() {
    travellers.open();
    travellers.settle();
  }

  private record Row(long id, String status, String reason) {}

  private List<Row> rows(String journey, Traveller traveller) {
    return jdbc.sql(
            """
            select id, status, coalesce(reason, '') as reason from enrolment
             where journey_key = ? and customer_id = ? order by id
            """)
        .params(journey, traveller.id())
        .query(Row.class)
        .list();
  }

  private Row row(String journey, Traveller traveller) {
    List<Row> rows = rows(journey, traveller);
    assertThat(rows).isNotEmpty();
    return rows.get(rows.size() - 1);
  }

  private Sketch waiting() {
    return Sketch.of("enrol").awaits("Wait", "test.a").way("Wait");
  }

  private String audience(String rule) {
    String code = "aud-" + UUID.randomUUID().toString().substring(0, 8);
    audiences.save(new AudienceDraft(code, "测试人群", rule, Purpose.SERVICE, null), "author");
    return code;
  }

  private List<Traveller> people(int count, String tag) {
    return IntStream.range(0, count)
        .mapToObj(i -> travellers.somebody().tagged("enrol_run", tag))
        .toList();
  }

  @Test
  void one_customer_whose_start_fails_stays_with_the_reason_and_the_others_enter() {
    String missing = "aud-" + UUID.randomUUID().toString().substring(0, 8);
    Sketch sketch =
        Sketch.of("partly")
            .step("Facts", "loadFacts", Map.of("facts", "tier"))
            .gateway("Gw", "Wait")
            .flow("Gw", "Check", "${tier == 'bad'}")
            .step("Check", "checkAudience", Map.of("audience", missing))
            .flow("Check", "Wait")
            .awaits("Wait", "test.a")
            .add("<bpmn:startEvent id=\"Start\"/>")
            .end("End")
            .flow("Start", "Facts")
            .flow("Facts", "Gw")
            .flow("Wait", "End");
    sketch.publish(deployments, versions);
    Traveller first = travellers.somebody().tagged("tier", "core");
    Traveller bad = travellers.somebody().tagged("tier", "bad");
    Traveller last = travellers.somebody().tagged("tier", "core");
    for (Traveller one : List.of(first, bad, last)) {
      travellers.events.accept("test", List.of(event(one, sketch.entry())));
    }

    travellers.settle();

    first.standsAt("Wait");
    last.standsAt("Wait");
    Row failed = row(sketch.key(), bad);
    assertThat(failed.status()).isEqualTo("failed");
    assertThat(failed.reason()).contains(missing);
    assertThat(travellers.participations(bad.id())).isEmpty();

    audiences.save(new AudienceDraft(missing, "补上", "age >= 18", Purpose.SERVICE, null), "author");
    assertThat(enrolments.retry(failed.id(), BranchScope.everywhere())).isTrue();
    assertThat(enrolments.retry(failed.id(), BranchScope.everywhere()))
        .as("only what failed")
        .isFalse();
    travellers.settle();

    bad.standsAt("Wait");
    assertThat(row(sketch.key(), bad).status()).isEqualTo("started");
  }

  private io.waymark.customer.event.IncomingEvent event(Traveller traveller, String type) {
    return new io.waymark.customer.event.IncomingEvent(
        UUID.randomUUID().toString(), traveller.ref(), type, clock.instant(), Map.of());
  }

  @Test
  void who_is_inside_does_not_enter_again() {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);

    Traveller traveller = travellers.somebody().does(sketch.entry()).does(sketch.entry());

    assertThat(rows(sketch.key(), traveller))
        .extracting(Row::status, Row::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("started", ""),
            org.assertj.core.groups.Tuple.tuple("refused", "already_in"));
  }

  @Test
  void asked_twice_in_one_batch_a_customer_enters_once() {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody();
    travellers.events.accept(
        "test", List.of(event(traveller, sketch.entry()), event(traveller, sketch.entry())));

    travellers.settle();

    assertThat(rows(sketch.key(), traveller))
        .extracting(Row::reason)
        .containsExactly("", "already_in");
  }

  @Test
  void a_journey_entered_once_in_a_life_is_never_entered_again() {
    Sketch sketch = waiting().set("reentryDays", "never");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).does("test.a");
    clock.advance(Duration.ofDays(300));

    traveller.does(sketch.entry());

    assertThat(row(sketch.key(), traveller).reason()).isEqualTo("reentry_never");
  }

  @Test
  void after_leaving_the_days_of_rest_are_kept() {
    Sketch sketch = waiting().set("reentryDays", "10");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).does("test.a");

    clock.advance(Duration.ofDays(10).minusMinutes(1));
    traveller.does(sketch.entry());
    assertThat(row(sketch.key(), traveller).reason()).isEqualTo("reentry_too_soon");

    clock.advance(Duration.ofMinutes(1));
    traveller.does(sketch.entry()).standsAt("Wait");
  }

  @Test
  void the_comparison_group_never_enters_and_never_changes() {
    Sketch sketch = waiting().set("holdoutPercent", "50");
    sketch.publish(deployments, versions);
    List<Traveller> people = people(24, "holdout");
    people.forEach(one -> one.does(sketch.entry()));
    List<Traveller> out =
        people.stream().filter(one -> row(sketch.key(), one).reason().equals("held_out")).toList();

    assertThat(out).hasSizeBetween(1, 23);
    assertThat(out).allSatisfy(one -> assertThat(travellers.participations(one.id())).isEmpty());
    out.forEach(one -> one.does(sketch.entry()));
    assertThat(out)
        .allSatisfy(one -> assertThat(row(sketch.key(), one).reason()).isEqualTo("held_out"));
  }

  @Test
  void a_paused_journey_lets_nobody_in_not_even_who_was_queued() {
    Sketch sketch = waiting();
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller queued = travellers.somebody();
    travellers.events.accept("test", List.of(event(queued, sketch.entry())));
    travellers.delivery.deliverNext();

    versions.pause(version.id(), "officer");
    travellers.settle();
    Traveller later = travellers.somebody().does(sketch.entry());

    assertThat(row(sketch.key(), queued).status()).isEqualTo("held");
    assertThat(row(sketch.key(), queued).reason()).isEqualTo("journey_paused");
    assertThat(rows(sketch.key(), later)).isEmpty();

    versions.resume(version.id(), "officer");
    travellers.settle();
    queued.standsAt("Wait");
    later.does(sketch.entry()).standsAt("Wait");
  }

  @Test
  void who_was_queued_under_a_version_since_replaced_enters_the_one_that_is_live() {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);
    Traveller queued = travellers.somebody();
    travellers.events.accept("test", List.of(event(queued, sketch.entry())));
    travellers.delivery.deliverNext();

    JourneyVersion next = sketch.set("priority", "60").publish(deployments, versions);
    travellers.settle();

    assertThat(queued.participation().journeyVersionId()).isEqualTo(next.id());
  }

  @Test
  void the_same_event_delivered_twice_asks_once() {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody();
    var event = event(traveller, sketch.entry());

    travellers.events.accept("test", List.of(event));
    travellers.events.accept("test", List.of(event));
    travellers.settle();

    assertThat(rows(sketch.key(), traveller)).hasSize(1);
  }

  @Test
  void an_event_of_long_ago_lets_nobody_in() {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody();
    travellers.events.accept(
        "test",
        List.of(
            new io.waymark.customer.event.IncomingEvent(
                UUID.randomUUID().toString(),
                traveller.ref(),
                sketch.entry(),
                clock.instant().minus(Duration.ofDays(4)),
                Map.of())));

    travellers.settle();

    assertThat(rows(sketch.key(), traveller)).isEmpty();
  }

  @Test
  void the_entry_filter_lets_in_who_certainly_belongs() {
    String tag = "f" + UUID.randomUUID().toString().substring(0, 6);
    Sketch sketch = waiting().set("entryFilter", audience("tag enrol_run = '" + tag + "'"));
    sketch.publish(deployments, versions);
    Traveller member = travellers.somebody().tagged("enrol_run", tag);
    Traveller other = travellers.somebody().tagged("enrol_run", "other");
    Traveller unknown = travellers.somebody();

    travellers.events.accept(
        "test",
        List.of(
            event(member, sketch.entry()),
            event(other, sketch.entry()),
            event(unknown, sketch.entry())));
    travellers.settle();

    member.standsAt("Wait");
    assertThat(rows(sketch.key(), other)).isEmpty();
    assertThat(rows(sketch.key(), unknown)).isEmpty();
  }

  @Test
  void a_run_of_an_audience_done_twice_asks_nobody_twice() {
    String tag = "r" + UUID.randomUUID().toString().substring(0, 6);
    Sketch sketch =
        waiting().enteredBy(audience("tag enrol_run = '" + tag + "'"), "0 30 9 ? * MON-FRI");
    sketch.publish(deployments, versions);
    List<Traveller> people = people(3, tag);

    assertThat(entries.run(sketch.key(), "2026-11-23")).isEqualTo(3);
    assertThat(entries.run(sketch.key(), "2026-11-23")).isEqualTo(3);
    travellers.settle();

    assertThat(people).allSatisfy(one -> assertThat(rows(sketch.key(), one)).hasSize(1));
    people.forEach(one -> one.standsAt("Wait"));
  }

  @Test
  void two_runners_at_once_start_nobody_twice() throws Exception {
    String tag = "p" + UUID.randomUUID().toString().substring(0, 6);
    Sketch sketch =
        waiting().enteredBy(audience("tag enrol_run = '" + tag + "'"), "0 30 9 ? * MON-FRI");
    sketch.publish(deployments, versions);
    List<Traveller> people = people(120, tag);
    entries.run(sketch.key(), "first");
    entries.run(sketch.key(), "second");
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<Void> work =
        () -> {
          together.await();
          while (runner.runNext() > 0) {
            // Until nothing is queued.
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> done = new ArrayList<>();
      done.add(threads.submit(work));
      done.add(threads.submit(work));
      for (Future<Void> one : done) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    travellers.settle();

    assertThat(people)
        .allSatisfy(one -> assertThat(travellers.participations(one.id())).hasSize(1));
    assertThat(
            jdbc.sql(
                    "select status || coalesce(':' || reason, ''), count(*) from enrolment"
                        + " where journey_key = ? group by 1 order by 1")
                .param(sketch.key())
                .query((row, index) -> row.getString(1) + "=" + row.getLong(2))
                .list())
        .containsExactly("refused:already_in=120", "started=120");
  }

  @Test
  void the_scheduler_holds_one_trigger_per_live_journey_entered_by_an_audience() throws Exception {
    Sketch sketch = waiting().enteredBy(audience("age >= 18"), "0 30 9 ? * MON-FRI");
    TriggerKey key = TriggerKey.triggerKey(sketch.key(), "journey-audience");
    JourneyVersion draft = sketch.deploy(deployments, versions);
    assertThat(scheduler.getTrigger(key)).as("a draft runs nothing").isNull();

    HeldReviews.approve(versions, draft);
    CronTrigger trigger = (CronTrigger) scheduler.getTrigger(key);
    assertThat(trigger.getCronExpression()).isEqualTo("0 30 9 ? * MON-FRI");
    assertThat(trigger.getTimeZone().getID()).isEqualTo("Asia/Shanghai");

    versions.pause(draft.id(), "officer");
    assertThat(scheduler.getTrigger(key)).as("paused").isNull();
    versions.resume(draft.id(), "officer");
    assertThat(scheduler.getTrigger(key)).as("resumed").isNotNull();

    jdbc.sql("update qrtz_triggers set next_fire_time = 1 where trigger_name = ?")
        .param(sketch.key())
        .update();
    waiting().publish(deployments, versions);
    assertThat(scheduler.getTrigger(key).getNextFireTime().getTime())
        .as("a run that was missed is not forgotten when another journey is approved")
        .isEqualTo(1);

    sketch.set("entrySchedule", "0 0 10 ? * MON").publish(deployments, versions);
    assertThat(((CronTrigger) scheduler.getTrigger(key)).getCronExpression())
        .isEqualTo("0 0 10 ? * MON");
  }

  @Test
  void the_scheduler_can_make_the_job_it_holds() throws Exception {
    Sketch sketch = waiting().enteredBy(audience("age >= 200"), "0 30 9 ? * MON-FRI");
    sketch.publish(deployments, versions);
    JobFactory factory = (JobFactory) ReflectionTestUtils.getField(schedulerFactory, "jobFactory");
    Trigger trigger = scheduler.getTrigger(TriggerKey.triggerKey(sketch.key(), "journey-audience"));

    var job =
        factory.newJob(
            new TriggerFiredBundle(
                scheduler.getJobDetail(JobKey.jobKey(sketch.key(), "journey-audience")),
                (org.quartz.spi.OperableTrigger) trigger,
                null,
                false,
                new java.util.Date(),
                new java.util.Date(),
                null,
                null),
            scheduler);

    assertThat(job.getClass().getSimpleName()).isEqualTo("AudienceEntryJob");
  }

  @Test
  void what_one_customer_and_fifty_cost_in_statements() {
    Sketch quiet = waiting();
    Sketch sending =
        Sketch.of("enrol")
            .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
            .awaits("Wait", "test.a")
            .way("Send", "Wait");
    int waitOne = cost(quiet, 1);
    int waitFifty = cost(quiet, 50);
    int sendOne = cost(sending, 1);
    int sendFifty = cost(sending, 50);
    System.out.printf(
        "statements to enrol: first wait 1 customer %d, 50 customers %d; with a send 1: %d, 50:"
            + " %d%n",
        waitOne, waitFifty, sendOne, sendFifty);

    assertThat(waitOne).as("a start up to a wait").isLessThanOrEqualTo(20);
    assertThat(waitFifty - waitOne).as("49 more customers add nothing").isLessThanOrEqualTo(3);
    assertThat(sendOne).as("a start with a send").isLessThanOrEqualTo(42);
    assertThat(sendFifty - sendOne).as("49 more sends add nothing").isLessThanOrEqualTo(3);
  }

  @Test
  void waking_fifty_costs_what_waking_one_costs() {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);
    int one = wakingCost(sketch, 1);
    int fifty = wakingCost(sketch, 50);
    System.out.printf("statements to wake and end: 1 customer %d, 50 customers %d%n", one, fifty);

    assertThat(one).as("one wait to the end").isLessThanOrEqualTo(25);
    assertThat(fifty - one).as("49 more add nothing").isLessThanOrEqualTo(5);
  }

  private int wakingCost(Sketch sketch, int customers) {
    List<Traveller> people =
        IntStream.range(0, customers).mapToObj(i -> travellers.somebody()).toList();
    people.forEach(one -> travellers.events.accept("test", List.of(event(one, sketch.entry()))));
    travellers.settle();
    people.forEach(one -> travellers.events.accept("test", List.of(event(one, "test.a"))));
    List<String> executed = statements.during(travellers.delivery::deliverNext);
    people.forEach(one -> one.left("completed"));
    // The tests keep activities as well, which ask for their start and their removal time.
    executed.removeIf(sql -> sql.contains("ACT_HI_ACTINST") || sql.contains("HPI.REMOVAL_TIME_"));
    assertThat(StatementCounter.repeated(executed)).as("asked for each customer").isEmpty();
    return executed.size();
  }

  private int cost(Sketch sketch, int customers) {
    if (versions.live(sketch.key()).isEmpty()) {
      sketch.publish(deployments, versions);
    }
    IntStream.range(0, customers)
        .mapToObj(i -> travellers.somebody())
        .forEach(one -> travellers.events.accept("test", List.of(event(one, sketch.entry()))));
    while (travellers.delivery.deliverNext() > 0) {
      // Until all are queued for entry.
    }
    List<String> executed = statements.during(runner::runNext);
    assertThat(runner.runNext()).as("one batch").isZero();
    return executed.size();
  }
}
