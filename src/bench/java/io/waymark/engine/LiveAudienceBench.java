package io.waymark.engine;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.segment.live.KeptAudiences;
import io.waymark.segment.live.LiveKeeping;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long after an event arrives its customer is a member and in the journey: the loops of the
 * application run as threads here, events come at a steady rate. Rate and seconds by {@code
 * -Dwaymark.bench.rate} and {@code -Dwaymark.bench.seconds}.
 */
@WaymarkTest
@Import({Travellers.class, FlowsTaken.class})
class LiveAudienceBench {

  private static final String CODE = "bench-live";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Audiences audiences;
  @Autowired KeptAudiences kept;
  @Autowired LiveKeeping keeping;
  @Autowired Customers customers;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final AtomicBoolean running = new AtomicBoolean(true);
  private final Map<Long, Long> sent = new ConcurrentHashMap<>();
  private final Map<Long, Long> member = new ConcurrentHashMap<>();
  private final Map<Long, Long> started = new ConcurrentHashMap<>();

  @Test
  void event_to_member_to_journey() throws Exception {
    int rate = Integer.getInteger("waymark.bench.rate", 300);
    int seconds = Integer.getInteger("waymark.bench.seconds", 15);
    travellers.open();
    Map<String, Long> ids = people(rate * seconds);
    audiences.save(
        new AudienceDraft(
            CODE, "实时", "event bench.seen exists within 7 days", Purpose.SERVICE, null, true),
        "bench");
    while (!kept.state(CODE).orElseThrow().status().equals("kept")) {
      keeping.fill();
    }
    Sketch sketch = Sketch.of("bench").enteredBy(CODE, "").awaits("Wait", "test.a").way("Wait");
    sketch.publish(deployments, versions);
    List<Thread> threads =
        List.of(
            thread(() -> keeping.followChanges() == 0),
            thread(
                () -> {
                  travellers.settle();
                  return true;
                }),
            thread(
                () ->
                    look(
                        "select customer_id from audience_member where audience = ?",
                        CODE,
                        member)),
            thread(
                () ->
                    look(
                        "select customer_id from participation where journey_key = ?",
                        sketch.key(),
                        started)));
    send(ids, rate);
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (started.size() < ids.size() && Instant.now().isBefore(end)) {
      Thread.sleep(50);
    }
    running.set(false);
    for (Thread one : threads) {
      one.join();
    }
    System.out.printf(
        "%n%,d events at %d/s: %,d members, %,d started%n",
        ids.size(), rate, member.size(), started.size());
    print("event to member", member);
    print("event to journey", started);
  }

  private void send(Map<String, Long> ids, int rate) throws InterruptedException {
    List<String> refs = List.copyOf(ids.keySet());
    int batch = Math.max(1, rate / 50);
    long begun = System.nanoTime();
    for (int from = 0; from < refs.size(); from += batch) {
      List<String> some = refs.subList(from, Math.min(refs.size(), from + batch));
      some.forEach(ref -> sent.put(ids.get(ref), System.nanoTime()));
      travellers.events.accept(
          "bench",
          some.stream()
              .map(
                  ref ->
                      new IncomingEvent("b-" + ref, ref, "bench.seen", clock.instant(), Map.of()))
              .toList());
      long due = begun + (from + batch) * 1_000_000_000L / rate;
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
    }
  }

  private Map<String, Long> people(int count) {
    branches.saveAll(List.of(new Branch("BENCH", "压测营业部")));
    List<String> refs = IntStream.range(0, count).mapToObj(i -> "BENCH-" + i).toList();
    for (int from = 0; from < count; from += 1_000) {
      customers.importAll(
          refs.subList(from, Math.min(count, from + 1_000)).stream()
              .map(
                  ref ->
                      new CustomerRecord(
                          ref,
                          "压测",
                          LocalDate.of(1980, 1, 1),
                          "BENCH",
                          null,
                          CustomerClass.ORDINARY,
                          LegalStatus.NORMAL,
                          Map.of(),
                          Map.of()))
              .toList(),
          "bench");
    }
    return customers.idsOf(refs);
  }

  private interface Step {
    boolean idle();
  }

  private Thread thread(Step step) {
    Thread thread =
        new Thread(
            () -> {
              while (running.get()) {
                if (step.idle()) {
                  try {
                    Thread.sleep(10);
                  } catch (InterruptedException e) {
                    return;
                  }
                }
              }
            });
    thread.start();
    return thread;
  }

  private boolean look(String sql, String of, Map<Long, Long> seen) {
    List<Long> found = jdbc.sql(sql).param(of).query(Long.class).list();
    long now = System.nanoTime();
    found.forEach(id -> seen.putIfAbsent(id, now));
    return true;
  }

  private void print(String what, Map<Long, Long> reached) {
    List<Long> times = new ArrayList<>();
    reached.forEach((id, at) -> times.add((at - sent.getOrDefault(id, at)) / 1_000_000));
    times.sort(Long::compare);
    if (!times.isEmpty()) {
      System.out.printf(
          "  %-20s median %,d ms, p99 %,d ms, longest %,d ms%n",
          what,
          times.get(times.size() / 2),
          times.get((int) (times.size() * 0.99) - 1),
          times.get(times.size() - 1));
    }
  }
}
