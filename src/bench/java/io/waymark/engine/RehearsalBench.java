package io.waymark.engine;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.bench.Rounds;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.LegalStatus;
import io.waymark.journey.Enrolments;
import io.waymark.journey.EntryCause;
import io.waymark.journey.EntryRequest;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.rehearsal.Assumptions;
import io.waymark.journey.rehearsal.Assumptions.Happening;
import io.waymark.journey.rehearsal.Cast;
import io.waymark.journey.rehearsal.Cast.Player;
import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.RehearsalTheatre;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a rehearsal costs beside live work: customers let into the win-back journey per second, live
 * and on stages, and an audience over thirty days. Size by {@code -Dwaymark.bench.customers}.
 */
@WithTravellers
class RehearsalBench {

  private static final int BRANCHES = 4;
  private static final int PIECE = 1_000;
  private static final int BATCH = 3_000;

  @Autowired Travellers travellers;
  @Autowired RehearsalTheatre theatre;
  @Autowired Enrolments enrolments;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private JourneyVersion version;

  @Test
  void rehearsed_entries_against_live_ones_and_thirty_days_of_many() throws Exception {
    int customers = Integer.getInteger("waymark.bench.customers", 10_000);
    travellers.open();
    version = travellers.versions.live("win-back").orElseThrow();
    List<Player> audience = people(customers);
    Iterator<List<Player>> fresh =
        List.of(people(BATCH), people(BATCH), people(BATCH), people(BATCH)).iterator();
    jdbc.sql("vacuum (analyze)").update();

    Rounds.of("Entering a journey", "customers/s", 3)
        .contestant("live, one thread as in production", () -> live(fresh.next()))
        .contestant("rehearsed, stages opened and closed", () -> entered(audience))
        .contestant("rehearsed, and all that is due at once", () -> rehearsed(audience))
        .run();

    long began = System.nanoTime();
    Figures figures = play(audience, 30, share -> {});
    System.out.printf(
        "%n%,d customers over 30 days: %.1f s; %,d entered, %,d paths, %,d left%n",
        customers,
        (System.nanoTime() - began) / 1e9,
        figures.entered(),
        figures.paths().size(),
        figures.left().values().stream().mapToLong(Long::longValue).sum());
  }

  private double live(List<Player> people) {
    transaction.executeWithoutResult(
        status ->
            enrolments.request(
                people.stream()
                    .map(
                        one ->
                            new EntryRequest(
                                version,
                                one.customerId(),
                                one.branch(),
                                EntryCause.AUDIENCE,
                                "bench",
                                null))
                    .toList()));
    long began = System.nanoTime();
    int moved;
    do {
      moved = travellers.enrolments.runNext();
    } while (moved > 0);
    return people.size() / ((System.nanoTime() - began) / 1e9);
  }

  /** Until everybody was decided on: letting in is the first half of the progress it tells. */
  private double entered(List<Player> audience) {
    List<Player> people = audience.subList(0, Math.min(BATCH, audience.size()));
    AtomicLong decided = new AtomicLong();
    long began = System.nanoTime();
    play(
        people,
        0,
        share -> {
          if (share >= 0.5) {
            decided.compareAndSet(0, System.nanoTime());
          }
        });
    decided.compareAndSet(0, System.nanoTime());
    return people.size() / ((decided.get() - began) / 1e9);
  }

  private double rehearsed(List<Player> audience) {
    List<Player> people = audience.subList(0, Math.min(BATCH, audience.size()));
    long began = System.nanoTime();
    play(people, 0, share -> {});
    return people.size() / ((System.nanoTime() - began) / 1e9);
  }

  private Figures play(List<Player> people, int days, DoubleConsumer progress) {
    return theatre.play(
        Script.of(version.id()),
        new Cast(people, travellers.clock.instant(), days, assumed()),
        progress,
        () -> false);
  }

  private static Assumptions assumed() {
    return new Assumptions(
        0.95, List.of(new Happening("holding.reviewed", 0.3, 3, 120)), Map.of(), 0.8, 24, 1);
  }

  private List<Player> people(int count) {
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < BRANCHES; i++) {
      branches.add(new Branch("RB%02d".formatted(i), "预演营业部 " + i));
    }
    travellers.branches.saveAll(branches);
    branches.forEach(this::staffed);
    List<Player> players = new ArrayList<>();
    for (int done = 0; done < count; done += PIECE) {
      players.addAll(piece(Math.min(PIECE, count - done)));
    }
    return players;
  }

  private void staffed(Branch branch) {
    String name = "bench-" + branch.code().toLowerCase(Locale.ROOT);
    travellers.staff.save(
        new StaffMember(name, name, Role.ADVISOR, branch.code(), false, true), null);
    travellers.advisors.save(
        new AdvisorProfile(
            name,
            branch.code(),
            Set.of("advisory"),
            LocalDate.of(2030, 1, 1),
            100_000,
            null,
            null,
            true),
        "bench");
  }

  private List<Player> piece(int count) {
    List<CustomerRecord> records = new ArrayList<>();
    List<ConsentChange> consents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String ref = "B" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
      records.add(
          new CustomerRecord(
              ref,
              "张预演",
              LocalDate.of(1985, 5, 5),
              "RB%02d".formatted(i % BRANCHES),
              null,
              CustomerClass.ORDINARY,
              LegalStatus.NORMAL,
              Map.of(
                  "email",
                  ref.toLowerCase(Locale.ROOT) + "@example.com",
                  "mobile",
                  "13%09d".formatted(Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000_000))),
              Map.of("asset_total", "20000")));
      for (Channel channel : List.of(Channel.SMS, Channel.EMAIL, Channel.IN_APP)) {
        consents.add(travellers.consent(ref, Purpose.SERVICE, channel, ConsentState.GRANTED));
      }
    }
    travellers.customers.importAll(records, "bench");
    travellers.consents.record(consents, "bench");
    Map<String, Long> ids =
        travellers.customers.idsOf(records.stream().map(CustomerRecord::ref).toList());
    return records.stream()
        .filter(one -> ids.containsKey(one.ref()))
        .map(one -> new Player(ids.get(one.ref()), one.branch()))
        .toList();
  }
}
