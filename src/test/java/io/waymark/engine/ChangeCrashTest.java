package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.console.People;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationPlans;
import io.waymark.journey.migration.MigrationSettings;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.MigrationWork;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.journey.publication.Meanwhile;
import io.waymark.journey.publication.Pauses;
import io.waymark.journey.publication.PublicationRound;
import io.waymark.journey.publication.Publications;
import io.waymark.journey.publication.RolloutPlan;
import io.waymark.journey.publication.RolloutPlan.Stage;
import io.waymark.journey.publication.Rollouts;
import io.waymark.journey.publication.StopRule;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes of a journey that meet a dying node. A transaction rolled back at its very end is what a
 * kill leaves behind; then two nodes take the work up at once, and it is done once.
 */
@WithTravellers
class ChangeCrashTest {

  private static final int CROWD = 14;

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Publications publications;
  @Autowired PublicationRound round;
  @Autowired Rollouts rollouts;
  @Autowired Pauses pauses;
  @Autowired MigrationPlans plans;
  @Autowired MigrationWork work;
  @Autowired EventTypes types;
  @Autowired RuntimeService runtime;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private String marketer;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
    marketer = new People(staff, branches, encoder).everywhere(Role.MARKETER).username();
  }

  @AfterEach
  void on_time() {
    clock.reset();
  }

  private Sketch waiting() {
    Sketch sketch = Sketch.of("crash").awaits("Wait", "test.a").way("Wait");
    types.save(new EventType(sketch.entry(), "进入", "测试", "", null, List.of()), "author");
    types.save(new EventType("test.a", "测试", "测试", "", null, List.of()), "author");
    return sketch;
  }

  private JourneyVersion approved(Sketch sketch) {
    JourneyVersion draft = sketch.deploy(deployments, versions);
    return versions.approve(draft.id(), draft.hash(), HeldReviews.held(versions, draft));
  }

  private void diesAtTheEndOf(Runnable act) {
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      act.run();
                      throw new Killed();
                    }))
        .isInstanceOf(Killed.class);
  }

  /** Two nodes begin at the same moment; who is too late may say so. */
  private static void onTwoNodes(Runnable act) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> working =
          Stream.of(1, 2)
              .<Future<?>>map(
                  node ->
                      nodes.submit(
                          () -> {
                            together.await(60, TimeUnit.SECONDS);
                            act.run();
                            return null;
                          }))
              .toList();
      for (Future<?> one : working) {
        try {
          one.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException late) {
          assertThat(late.getCause())
              .isInstanceOfAny(
                  JourneyRefusedException.class, PessimisticLockingFailureException.class);
        }
      }
    } finally {
      nodes.shutdownNow();
    }
  }

  /** All that is written about a journey, but for who is inside of it. */
  private List<String> written(Sketch sketch) {
    return jdbc.sql(
            """
            with v as (select * from journey_version where journey_key = :key)
            select 'version ' || v::text from v
            union all
            select 'rollout ' || r::text from journey_rollout r
             where r.journey_version_id in (select id from v)
            union all
            select 'act ' || a::text from journey_act a
             where a.journey_version_id in (select id from v)
            union all select 'hold ' || h::text from journey_hold h where h.journey_key = :key
            union all
            select 'wish ' || status || ' ' || coalesce(reason, '') || ' ' || count(*)
              from enrolment where journey_key = :key group by status, reason
            union all
            select 'proof ' || e.kind || ' ' || count(*) from evidence e
             where e.subject in (select definition_id from v) group by e.kind
            order by 1
            """)
        .param("key", sketch.key())
        .query(String.class)
        .list();
  }

  private List<String> acts(Sketch sketch, String act) {
    return written(sketch).stream()
        .filter(line -> line.startsWith("act ") && line.contains("," + act + ","))
        .toList();
  }

  private JourneyStatus status(JourneyVersion version) {
    return versions.find(version.id()).orElseThrow().status();
  }

  @Test
  void a_go_live_that_dies_leaves_the_version_scheduled_and_is_made_once_by_the_next_round()
      throws Exception {
    Sketch sketch = waiting();
    JourneyVersion before = sketch.publish(deployments, versions);
    JourneyVersion next = approved(sketch.set("priority", "61"));
    publications.schedule(
        next.id(),
        clock.instant().plus(Duration.ofHours(3)),
        RolloutPlan.everybody(StopRule.NONE),
        marketer);
    clock.advance(Duration.ofHours(3));
    List<String> planned = written(sketch);

    diesAtTheEndOf(round::run);

    assertThat(written(sketch)).isEqualTo(planned);
    travellers.somebody().does(sketch.entry()).standsAt("Wait");
    assertThat(inVersion(before)).as("who comes meanwhile enters the old one").isEqualTo(1);

    onTwoNodes(round::run);

    assertThat(status(next)).isEqualTo(JourneyStatus.LIVE);
    assertThat(status(before)).isEqualTo(JourneyStatus.ENDED);
    assertThat(acts(sketch, "published")).as("of each version once").hasSize(2);
    travellers.somebody().does(sketch.entry()).standsAt("Wait");
    assertThat(inVersion(next)).isEqualTo(1);
  }

  @Test
  void a_step_of_the_ramp_up_that_dies_lets_nobody_in_and_is_made_once() throws Exception {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    publications.publish(
        version.id(),
        new RolloutPlan(
            List.of(
                new Stage(1, Duration.ofHours(1)),
                new Stage(2, Duration.ofHours(9)),
                new Stage(10_000, null)),
            StopRule.NONE),
        marketer);
    for (int i = 0; i < CROWD; i++) {
      travellers.somebody().does(sketch.entry());
    }
    clock.advance(Duration.ofHours(1));
    List<String> first = written(sketch);

    diesAtTheEndOf(round::run);
    travellers.settle();
    assertThat(written(sketch)).isEqualTo(first);

    onTwoNodes(round::run);
    assertThat(rollouts.of(version.id()).orElseThrow().stage()).as("one step").isEqualTo(2);
    assertThat(acts(sketch, "share_raised")).hasSize(1);

    diesAtTheEndOf(() -> rollouts.raise(version.id(), 2, marketer));
    onTwoNodes(() -> rollouts.raise(version.id(), 2, marketer));
    assertThat(acts(sketch, "share_raised")).hasSize(2);
    travellers.settle();
    assertThat(inVersion(version)).as("none lost, none twice").isEqualTo(CROWD);
  }

  @Test
  void a_stop_by_a_limit_that_dies_holds_nobody_and_is_made_once() throws Exception {
    Sketch sketch = waiting();
    JourneyVersion version = approved(sketch);
    publications.publish(
        version.id(), RolloutPlan.everybody(new StopRule(1, null, 1, null)), marketer);
    Traveller inside = travellers.somebody().does(sketch.entry()).standsAt("Wait");
    inside.does("complaint.filed");
    List<String> running = written(sketch);

    diesAtTheEndOf(round::run);
    assertThat(written(sketch)).isEqualTo(running);
    assertThat(held(inside)).isFalse();

    onTwoNodes(round::run);
    assertThat(status(version)).isEqualTo(JourneyStatus.PAUSED);
    assertThat(held(inside)).isTrue();
    assertThat(acts(sketch, "auto_stopped")).hasSize(1);
    assertThat(pauses.standing(sketch.key()).orElseThrow().choice())
        .as("a person decides what fell due")
        .isEqualTo(OverdueChoice.ASK);
    assertThat(acts(sketch, "held")).hasSize(1);
  }

  @Test
  void a_resumption_that_dies_is_taken_up_where_it_stood() throws Exception {
    Sketch sketch = waiting();
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller inside = travellers.somebody().does(sketch.entry()).standsAt("Wait");
    Meanwhile meanwhile = new Meanwhile(OverdueChoice.SKIP, null);
    pauses.pause(version.id(), meanwhile, "查看", marketer);
    inside.does("test.a").standsAt("Wait");
    List<String> paused = written(sketch);

    diesAtTheEndOf(() -> pauses.resume(version.id(), meanwhile, marketer));
    assertThat(written(sketch)).as("dead before it was wanted").isEqualTo(paused);
    assertThat(held(inside)).isTrue();

    dyingAtTheReleaseOf(sketch, () -> pauses.resume(version.id(), meanwhile, marketer));
    assertThat(pauses.standing(sketch.key())).as("wanted, and not yet done").isPresent();
    assertThat(held(inside)).isTrue();
    assertThat(acts(sketch, "released")).isEmpty();

    onTwoNodes(round::run);
    assertThat(pauses.standing(sketch.key())).isEmpty();
    assertThat(held(inside)).isFalse();
    assertThat(acts(sketch, "released")).hasSize(1);
    assertThat(acts(sketch, "resumed")).hasSize(1);
    travellers.settle();
    inside.left("completed");
  }

  /** Lets the database refuse the one row by which the customers of this journey are let go. */
  private void dyingAtTheReleaseOf(Sketch sketch, Runnable act) {
    String name = "dies_" + sketch.key().replaceAll("[^a-z0-9]", "_");
    jdbc.sql(
            """
            create function %s() returns trigger language plpgsql as
            $$ begin raise exception 'killed'; end $$
            """
                .formatted(name))
        .update();
    jdbc.sql(
            """
            create trigger %1$s before update on journey_hold for each row
              when (new.journey_key = '%2$s' and new.released_at is not null)
              execute function %1$s()
            """
                .formatted(name, sketch.key()))
        .update();
    try {
      act.run();
    } finally {
      jdbc.sql("drop function %s() cascade".formatted(name)).update();
    }
  }

  @Test
  void a_wave_of_a_migration_that_dies_is_moved_by_whoever_comes_next_and_nobody_twice()
      throws Exception {
    Sketch first = telling(Sketch.of("crash"));
    JourneyVersion from = first.publish(deployments, versions);
    List<Traveller> crowd =
        IntStream.range(0, CROWD).mapToObj(i -> travellers.somebody().does(first.entry())).toList();
    crowd.subList(0, CROWD / 2).forEach(one -> one.does("test.a").standsAt("After"));
    JourneyVersion to = telling(first.next().set("priority", "61")).publish(deployments, versions);
    MigrationPlan plan = approvedPlan(from, to, 3);

    assertThat(work.runNext()).as("a wave").isEqualTo(3);
    diesAtTheEndOf(work::runNext);
    assertThat(plans.find(plan.id()).orElseThrow().moved()).isEqualTo(3);
    assertThat(inVersion(to)).isEqualTo(3);
    AtomicInteger turns = new AtomicInteger();
    onTwoNodes(
        () -> {
          while (plans.find(plan.id()).orElseThrow().status() != MigrationStatus.DONE) {
            if (turns.incrementAndGet() % 2 == 0) {
              diesAtTheEndOf(work::runNext);
            } else {
              work.runNext();
            }
          }
        });

    MigrationPlan done = plans.find(plan.id()).orElseThrow();
    assertThat(done.moved()).isEqualTo(CROWD);
    assertThat(inVersion(to)).isEqualTo(CROWD);
    for (Traveller one : crowd) {
      assertThat(rows("select count(*) from customer_move where participation_id = ?", one))
          .as("moved once")
          .isEqualTo(1);
      assertThat(
              jdbc.sql(
                      "select count(*) from evidence where customer_id = ? and kind ="
                          + " 'customer_moved'")
                  .param(one.id())
                  .query(Long.class)
                  .single())
          .as("proved once")
          .isEqualTo(1);
    }
    crowd.subList(CROWD / 2, CROWD).forEach(one -> one.does("test.a"));
    crowd.forEach(one -> one.standsAt("After"));
    for (Traveller one : crowd) {
      assertThat(rows("select count(*) from message where participation_id = ?", one))
          .as("told once")
          .isEqualTo(1);
    }
  }

  private static Sketch telling(Sketch sketch) {
    return sketch
        .awaits("Wait", "test.a")
        .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
        .awaits("After", "test.b")
        .way("Wait", "Send", "After");
  }

  private long rows(String query, Traveller one) {
    return jdbc.sql(query).param(one.participation().id()).query(Long.class).single();
  }

  private MigrationPlan approvedPlan(JourneyVersion from, JourneyVersion to, int wave) {
    MigrationPlan plan = plans.begin(from.id(), to.id(), "author");
    plan =
        plans.save(
            plan.id(),
            plan.hash(),
            new MigrationSettings(
                plan.settings().map(),
                TimerChoice.KEEP,
                OverdueChoice.FIRE,
                null,
                wave,
                0,
                null,
                "改版后统一流程"),
            "author");
    plans.submit(plan.id(), plan.hash(), "author");
    plans.approve(plan.id(), plan.hash(), "officer");
    return plan;
  }

  private long inVersion(JourneyVersion version) {
    return jdbc.sql(
            "select count(*) from participation where journey_version_id = ? and left_at is null")
        .param(version.id())
        .query(Long.class)
        .single();
  }

  private boolean held(Traveller traveller) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceId(traveller.instance())
        .singleResult()
        .isSuspended();
  }
}
