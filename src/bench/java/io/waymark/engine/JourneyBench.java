package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.bench.Rounds;
import io.waymark.contact.ContactGate;
import io.waymark.contact.MessageSender;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.engine.OneJourney.Inside;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.Enrolments;
import io.waymark.journey.EntryCause;
import io.waymark.journey.EntryRequest;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.testing.MovableClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One journey from entry to goal: audience and gate asked, a text sent through the gate, a wait for
 * an event or 48 hours, the goal. Waymark against the same journey on a plain Camunda, a tuned one,
 * Flowable and no engine at all; all of them call the same audience and the same gate and leave the
 * same message, verdict, evidence, outbox and participation rows. Waymark alone writes the facts of
 * every node and of the event as well. Two threads each, on one PostgreSQL with fsync on.
 */
@WithTravellers
class JourneyBench {

  private static final int CUSTOMERS = Integer.getInteger("waymark.bench.customers", 1_000);
  private static final int THREADS = 2;
  private static final int BATCH = 50;

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Enrolments enrolments;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired ContactGate gate;
  @Autowired MessageSender sender;
  @Autowired EvidenceLog evidence;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource dataSource;
  @Autowired PlatformTransactionManager transactions;
  @Autowired MovableClock clock;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicInteger mobiles = new AtomicInteger();
  private TransactionTemplate transaction;
  private JourneyVersion version;
  private OneJourney journey;

  @Test
  void one_journey_from_entry_to_goal() throws Exception {
    travellers.open();
    transaction = new TransactionTemplate(transactions);
    audiences.save(
        new AudienceDraft(OneJourney.AUDIENCE, "成年人", "age >= 18", Purpose.SERVICE, null),
        "author");
    version = OneJourney.sketch().publish(deployments, versions);
    journey =
        new OneJourney(
            jdbc, questions, gate, sender, travellers.participations, evidence, clock, version);
    assertThat(jdbc.sql("show fsync").query(String.class).single()).isEqualTo("on");
    try (OtherEngine camunda = PlainCamunda.byDefault(place("camunda_plain"), steps());
        OtherEngine tuned = PlainCamunda.tuned(place("camunda_tuned"), steps());
        OtherEngine flowable = PlainFlowable.byDefault(place("flowable_plain"), steps())) {
      Rounds.of("One journey from entry to goal", "journeys/s", 3)
          .contestant("(b) Camunda 7.24 by default", () -> by(camunda))
          .contestant("(a) Waymark", this::byWaymark)
          .contestant("(c) Camunda 7.24 tuned by its manual", () -> by(tuned))
          .contestant("(d) Flowable 7.2 by default", () -> by(flowable))
          .contestant("(e) no engine, a transaction per step", () -> withoutEngine(1))
          .contestant("(e) no engine, 50 customers per transaction", () -> withoutEngine(BATCH))
          .run();
    } finally {
      threads.shutdown();
    }
  }

  private OtherEngine.Place place(String schema) {
    jdbc.sql("create schema " + schema).update();
    return new OtherEngine.Place(dataSource, transactions, schema);
  }

  private OtherEngine.Steps steps() {
    return new OtherEngine.Steps() {
      @Override
      public Map<String, Object> audience(Inside one) {
        return Map.of("inAudience", journey.inAudience(List.of(one))[0] ? "yes" : "no");
      }

      @Override
      public Map<String, Object> compliance(Inside one) {
        return Map.of("verdict", journey.mayBeReached(List.of(one)) ? "allowed" : "withheld");
      }

      @Override
      public Map<String, Object> send(Inside one) {
        journey.send(List.of(one));
        return Map.of();
      }

      @Override
      public Map<String, Object> goal(Inside one) {
        journey.reachGoal(List.of(one));
        return Map.of();
      }
    };
  }

  private double byWaymark() throws Exception {
    List<String> refs = people();
    Map<String, Long> ids = travellers.customers.idsOf(refs);
    String run = UUID.randomUUID().toString();
    long start = System.nanoTime();
    transaction.executeWithoutResult(
        status ->
            enrolments.request(
                refs.stream()
                    .map(
                        ref ->
                            new EntryRequest(
                                version,
                                ids.get(ref),
                                Travellers.BRANCH,
                                EntryCause.API,
                                run,
                                null))
                    .toList()));
    untilDone(travellers.enrolments::runNext);
    long spent = System.nanoTime() - start;
    // Taking events in is no part of what the others do.
    for (List<String> some : OneJourney.groups(refs, 500)) {
      travellers.events.accept(
          "bench",
          some.stream()
              .map(
                  ref ->
                      new IncomingEvent(
                          run + ref, ref, OneJourney.EVENT, clock.instant(), Map.of()))
              .toList());
    }
    start = System.nanoTime();
    untilDone(travellers.delivery::deliverNext);
    spent += System.nanoTime() - start;
    allReached(ids.values());
    return rate(spent);
  }

  private double by(OtherEngine engine) throws Exception {
    List<Long> ids = List.copyOf(travellers.customers.idsOf(people()).values());
    Map<Long, String> instances = new ConcurrentHashMap<>();
    long start = System.nanoTime();
    each(
        ids,
        1,
        one ->
            instances.put(
                one.get(0), inTransaction(() -> engine.start(journey.enter(one).get(0)))));
    each(ids, 1, one -> engine.happened(instances.get(one.get(0))));
    long spent = System.nanoTime() - start;
    assertThat(engine.running()).isZero();
    allReached(ids);
    return rate(spent);
  }

  /** A transaction for entry, one for the questions, one for the send, one for the event. */
  private double withoutEngine(int together) throws Exception {
    List<Long> ids = List.copyOf(travellers.customers.idsOf(people()).values());
    jdbc.sql(
            """
            create table if not exists bench_wait
              (participation bigint primary key, event text not null, due timestamptz not null)
            """)
        .update();
    Map<Long, Inside> inside = new ConcurrentHashMap<>();
    long start = System.nanoTime();
    each(
        ids,
        together,
        some -> {
          if (together == 1) {
            List<Inside> entered = inTransaction(() -> journey.enter(some));
            inTransaction(() -> asked(entered));
            inTransaction(() -> sent(entered));
            inTransaction(() -> waiting(entered));
            entered.forEach(one -> inside.put(one.customer(), one));
          } else {
            inTransaction(
                    () -> {
                      List<Inside> entered = journey.enter(some);
                      asked(entered);
                      sent(entered);
                      return waiting(entered);
                    })
                .forEach(one -> inside.put(one.customer(), one));
          }
        });
    each(
        ids,
        together,
        some -> inTransaction(() -> happened(some.stream().map(inside::get).toList())));
    long spent = System.nanoTime() - start;
    allReached(ids);
    return rate(spent);
  }

  private List<Inside> asked(List<Inside> entered) {
    for (boolean in : journey.inAudience(entered)) {
      assertThat(in).isTrue();
    }
    assertThat(journey.mayBeReached(entered)).isTrue();
    return entered;
  }

  private List<Inside> sent(List<Inside> entered) {
    journey.send(entered);
    return entered;
  }

  private List<Inside> waiting(List<Inside> entered) {
    jdbc.sql(
            """
            insert into bench_wait
            select p, ?, ?::timestamptz + interval '48 hours' from unnest(?::bigint[]) p
            """)
        .params(
            OneJourney.EVENT,
            clock.instant().toString(),
            entered.stream().map(Inside::participation).toArray(Long[]::new))
        .update();
    return entered;
  }

  private List<Inside> happened(List<Inside> inside) {
    jdbc.sql("delete from bench_wait where participation = any(?)")
        .param(inside.stream().map(Inside::participation).toArray(Long[]::new))
        .update();
    journey.reachGoal(inside);
    return inside;
  }

  private <T> T inTransaction(java.util.function.Supplier<T> work) {
    return transaction.execute(status -> work.get());
  }

  /** Works through them in groups, on all threads. */
  private <T> void each(List<T> all, int together, Consumer<List<T>> work) {
    List<List<T>> groups = OneJourney.groups(all, together);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int own = thread;
      running.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = own; i < groups.size(); i += THREADS) {
                  work.accept(groups.get(i));
                }
              },
              threads));
    }
    running.forEach(CompletableFuture::join);
  }

  private void untilDone(IntSupplier next) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      running.add(
          CompletableFuture.runAsync(
              () -> {
                while (next.getAsInt() > 0) {
                  // Until nothing is left.
                }
              },
              threads));
    }
    running.forEach(CompletableFuture::join);
  }

  private void allReached(java.util.Collection<Long> customers) {
    Long reached =
        jdbc.sql(
                """
                select count(*) from participation p
                 where p.customer_id = any(?) and p.goal = ? and p.left_at is not null
                   and exists (select from message m where m.participation_id = p.id)
                """)
            .params(customers.toArray(Long[]::new), OneJourney.GOAL)
            .query(Long.class)
            .single();
    assertThat(reached).isEqualTo(CUSTOMERS);
  }

  /** Customers nobody has seen yet, who agree to texts of the service. */
  private List<String> people() {
    List<String> refs = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      refs.add("V" + UUID.randomUUID().toString().replace("-", "").substring(0, 16));
    }
    for (List<String> some : OneJourney.groups(refs, 500)) {
      Travellers.must(
          travellers.customers.importAll(
              some.stream()
                  .map(
                      ref ->
                          travellers.record(
                              ref,
                              LocalDate.of(1985, 5, 5),
                              Map.of("mobile", mobile()),
                              LegalStatus.NORMAL,
                              Map.of()))
                  .toList(),
              "bench"));
      List<ConsentChange> granted =
          some.stream()
              .map(
                  ref ->
                      travellers.consent(ref, Purpose.SERVICE, Channel.SMS, ConsentState.GRANTED))
              .toList();
      Travellers.must(travellers.consents.record(granted, "bench"));
    }
    jdbc.sql("analyze customer, consent, participation, message").update();
    return refs;
  }

  private String mobile() {
    return "1391%07d".formatted(mobiles.incrementAndGet());
  }

  private static double rate(long nanos) {
    return CUSTOMERS * 1e9 / nanos;
  }
}
