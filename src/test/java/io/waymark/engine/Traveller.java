package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.InternalEvent;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.journey.Participation;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;

/** One customer walking through journeys; every method says what happens to him or what he does. */
final class Traveller {

  private final Travellers world;
  private final String ref;
  private final String mobile;
  private final Map<String, String> tags = new HashMap<>();
  private long id;

  Traveller(Travellers world, String ref) {
    this.world = world;
    this.ref = ref;
    this.mobile = "139" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
  }

  String ref() {
    return ref;
  }

  long id() {
    return id;
  }

  Traveller importAs(LegalStatus status) {
    Travellers.must(
        world.customers.importAll(List.of(world.record(ref, mobile, status, tags)), "test"));
    id = world.customers.idsOf(List.of(ref)).get(ref);
    return this;
  }

  Traveller tagged(String tag, String value) {
    tags.put(tag, value);
    return importAs(LegalStatus.NORMAL);
  }

  Traveller assessed(RiskTolerance level) {
    world.assess(ref, level, world.clock.instant().plus(Duration.ofDays(300)));
    return this;
  }

  Traveller assessedLongAgo(RiskTolerance level) {
    world.assess(ref, level, world.clock.instant().minus(Duration.ofDays(1)));
    return this;
  }

  /** From now on every message to this customer is withheld. */
  Traveller unreachable() {
    return importAs(LegalStatus.RESTRICTED);
  }

  Traveller reachable() {
    return importAs(LegalStatus.NORMAL);
  }

  Traveller does(String event) {
    return does(event, Map.of());
  }

  Traveller does(String event, Map<String, Object> properties) {
    world.event(ref, event, properties);
    return this;
  }

  /** Enters by the scheduled audience of a journey, as if its hour had come. */
  Traveller entersByAudience(String journey) {
    world.audiences.run(journey, "test-" + UUID.randomUUID());
    world.settle();
    return this;
  }

  /** The provider's last word on the last message sent. */
  Traveller messageSettles(String outcome) {
    String message = String.valueOf(variable("lastMessage"));
    world.events.record(
        List.of(
            new InternalEvent(
                "test",
                "settled-" + UUID.randomUUID(),
                id,
                Travellers.BRANCH,
                "message.settled",
                world.clock.instant(),
                Map.of("messageId", message, "outcome", outcome))));
    world.settle();
    return this;
  }

  /** The timer with this element id falls due. */
  Traveller timeComes(String timer) {
    List<Job> jobs =
        world.management.createJobQuery().processInstanceId(instance()).activityId(timer).list();
    assertThat(jobs).as("timer %s; waiting at %s", timer, standsAt()).hasSize(1);
    world.management.executeJob(jobs.get(0).getId());
    world.settle();
    return this;
  }

  Traveller advisorAnswers(String task, String outcome) {
    world.desk.complete(task(task).getId(), outcome, null, Travellers.ADVISOR, List.of("advisor"));
    // The answer commits alone; going on from it is a job of its own.
    world
        .management
        .createJobQuery()
        .processInstanceId(instance())
        .messages()
        .list()
        .forEach(job -> world.management.executeJob(job.getId()));
    world.settle();
    return this;
  }

  Task task(String key) {
    Task task =
        world
            .tasks
            .createTaskQuery()
            .processInstanceId(instance())
            .taskDefinitionKey(key)
            .singleResult();
    assertThat(task).as("task %s; stands at %s", key, standsAt()).isNotNull();
    return task;
  }

  Traveller standsAt(String... nodes) {
    assertThat(standsAt()).as(this::story).containsExactlyInAnyOrder(nodes);
    return this;
  }

  Traveller left(String reason) {
    Participation last = participation();
    assertThat(last.leftAt()).as(this::story).isNotNull();
    assertThat(last.leftReason()).as(this::story).isEqualTo(reason);
    return this;
  }

  Traveller clockAt(int year, int month, int day, int hour) {
    world.clock.set(
        java.time.LocalDateTime.of(year, month, day, hour, 0)
            .atZone(ZoneId.of("Asia/Shanghai"))
            .toInstant());
    return this;
  }

  Participation participation() {
    List<Participation> all = world.participations(id);
    assertThat(all).as("customer %s is in no journey", ref).isNotEmpty();
    return all.get(0);
  }

  String instance() {
    return String.valueOf(participation().processInstanceId());
  }

  Object variable(String name) {
    return world.runtime.getVariable(instance(), name);
  }

  List<String> standsAt() {
    return participation().leftAt() != null
        ? List.of()
        : world.runtime.getActiveActivityIds(instance());
  }

  /** The way taken and what the gate said on it, for whoever reads a failure. */
  private String story() {
    return world.visits.ofParticipation(participation().id()).stream()
            .map(step -> step.node() + "=" + step.outcome())
            .toList()
        + " left "
        + participation().leftReason()
        + "; verdicts "
        + world.verdicts(id);
  }
}
