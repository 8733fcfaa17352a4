package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.ConsentState;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.InternalEvent;
import io.waymark.journey.Participation;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.jspecify.annotations.Nullable;

/** One customer walking through journeys; every method says what happens to him or what he does. */
final class Traveller {

  private final Travellers world;
  private final String ref;
  private final Map<String, String> addresses = new HashMap<>();
  private final Map<String, String> tags = new HashMap<>();
  private LocalDate born = LocalDate.of(1985, 5, 5);
  private long id;
  private @Nullable ProcessInstance lastSeen;

  Traveller(Travellers world, String ref, Set<String> unknownAddresses) {
    this.world = world;
    this.ref = ref;
    addresses.put("mobile", "139" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999));
    addresses.put("email", ref.toLowerCase(Locale.ROOT) + "@example.com");
    addresses.keySet().removeAll(unknownAddresses);
  }

  String ref() {
    return ref;
  }

  long id() {
    return id;
  }

  /** Telephone and e-mail. */
  java.util.Collection<String> secrets() {
    return addresses.values();
  }

  Traveller importAs(LegalStatus status) {
    world.registry.declareMissing(tags.keySet(), "test");
    Travellers.must(
        world.customers.importAll(
            List.of(world.record(ref, born, addresses, status, tags)), "test"));
    id = world.customers.idsOf(List.of(ref)).get(ref);
    return this;
  }

  Traveller tagged(String tag, String value) {
    tags.put(tag, value);
    return importAs(LegalStatus.NORMAL);
  }

  Traveller born(LocalDate day) {
    born = day;
    return importAs(LegalStatus.NORMAL);
  }

  /** Another system changes the tag at the very moment the token takes this flow. */
  Traveller retaggedDuring(String journey, String flow, String tag, String value) {
    world.flows.meanwhile(journey, flow, id, () -> world.tags.set(id, tag, value, "test"));
    return this;
  }

  Traveller assessed(RiskTolerance level) {
    world.assess(ref, level, Duration.ZERO, Duration.ofDays(300));
    return this;
  }

  /** So long ago that it has run out. */
  Traveller assessedLongAgo(RiskTolerance level) {
    world.assess(ref, level, Duration.ofDays(400), Duration.ofDays(-1));
    return this;
  }

  /** It is good for one more day. */
  Traveller assessedAlmostTooLongAgo(RiskTolerance level) {
    world.assess(ref, level, Duration.ofDays(364), Duration.ofDays(1));
    return this;
  }

  /** From now on every message to this customer is withheld: who has died is written to no more. */
  Traveller unreachable() {
    return importAs(LegalStatus.DECEASED);
  }

  Traveller refuses(Purpose purpose, Channel channel) {
    Travellers.must(
        world.consents.record(
            List.of(world.consent(ref, purpose, channel, ConsentState.REFUSED)), "test"));
    return this;
  }

  /** Refuses at the very moment the token takes this flow: after a check and before the send. */
  Traveller refusesDuring(String journey, String flow, Purpose purpose, Channel channel) {
    world.flows.meanwhile(journey, flow, id, () -> refuses(purpose, channel));
    return this;
  }

  /** His step fails at this flow until it is repaired. */
  Traveller breaksDownAt(String journey, String flow) {
    world.flows.breakDown(journey, flow, id);
    return this;
  }

  Traveller repairedAt(String journey, String flow) {
    world.flows.repair(journey, flow, id);
    return this;
  }

  Traveller looksAt(String product) {
    return does("product.viewed", Map.of("product", product));
  }

  Traveller does(String event) {
    return does(event, Map.of());
  }

  Traveller does(String event, Map<String, Object> properties) {
    world.event(ref, event, properties);
    return this;
  }

  /** The event opens a journey to him, but it is not his turn to enter yet. */
  Traveller waitsAtTheDoorAfter(String event) {
    world.eventAtTheDoor(ref, event);
    return this;
  }

  Traveller itIsHisTurn() {
    world.settle();
    return this;
  }

  Traveller daysPass(int days) {
    world.clock.advance(Duration.ofDays(days));
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

  /** The clock moves on to the moment the timer with this element id is due, and it fires. */
  Traveller timeComes(String timer) {
    Job job = job(timer);
    Instant due = job.getDuedate().toInstant();
    if (due.isAfter(world.clock.instant())) {
      world.clock.set(due);
    }
    world.management.executeJob(job.getId());
    world.settle();
    return this;
  }

  Job job(String timer) {
    List<Job> jobs =
        world.management.createJobQuery().processInstanceId(instance()).activityId(timer).list();
    assertThat(jobs).as("timer %s; waiting at %s", timer, standsAt()).hasSize(1);
    return jobs.get(0);
  }

  Traveller advisorAnswers(String task, String outcome) {
    return advisorHasAnswered(task, outcome).goesOn();
  }

  /** The answer commits alone; going on from it is a job of its own, which has not run yet. */
  Traveller advisorHasAnswered(String task, String outcome) {
    Task offered = task(task);
    world.desk.complete(offered.getId(), outcome, null, offered.getAssignee(), List.of("advisor"));
    return this;
  }

  Traveller goesOn() {
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
    lastSeen =
        world.runtime.createProcessInstanceQuery().processInstanceId(instance()).singleResult();
    BpmnAwareTests.assertThat(lastSeen).isWaitingAtExactly(nodes);
    return this;
  }

  /** He has come past these, in this order; some time ago he stood somewhere. */
  Traveller passed(String... nodes) {
    BpmnAwareTests.assertThat(lastSeen).hasPassedInOrder(nodes);
    return this;
  }

  Traveller left(String reason) {
    Participation last = participation();
    assertThat(last.leftAt()).as(this::story).isNotNull();
    assertThat(last.leftReason()).as(this::story).isEqualTo(reason);
    if (lastSeen != null) {
      BpmnAwareTests.assertThat(lastSeen).isEnded();
    }
    return this;
  }

  /** The last way he went, past these nodes among others, and how each visit ended. */
  Traveller wentBy(String... nodesWithOutcome) {
    assertThat(way()).as(this::story).contains(nodesWithOutcome);
    return this;
  }

  private List<String> way() {
    return world.visits.ofParticipation(participation().id()).stream()
        .map(step -> step.node() + "=" + step.outcome())
        .toList();
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

  /** The nodes where he is counted as failed. */
  List<String> failedAt() {
    return visitsThat("failed_since is not null");
  }

  /** The nodes where he is counted as waiting or failed. */
  List<String> openVisits() {
    return visitsThat("left_at is null");
  }

  private List<String> visitsThat(String condition) {
    return world
        .jdbc
        .sql("select node from node_visit where participation_id = ? and " + condition)
        .param(participation().id())
        .query(String.class)
        .list();
  }

  String instance() {
    return String.valueOf(participation().processInstanceId());
  }

  Object variable(String name) {
    return world.runtime.getVariable(instance(), name);
  }

  List<String> standsAt() {
    return world.tokens(participation());
  }

  /** The way taken and what the gate said on it, for whoever reads a failure. */
  private String story() {
    return way() + " left " + participation().leftReason() + "; verdicts " + world.verdicts(id);
  }
}
