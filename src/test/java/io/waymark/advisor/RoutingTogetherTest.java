package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Many tasks at once go where they would have gone one after the other. */
@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class RoutingTogetherTest {

  private static final int PARALLEL = 4;

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired TaskWatch watch;
  @Autowired WorkList workList;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private record Told(@Nullable String advisor, String reason) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void together_is_as_one_after_the_other(long seed) {
    House one = new House(context);
    House other = new House(context);
    List<TaskOffer> alone = offers(one, new Random(seed));
    List<TaskOffer> together = offers(other, new Random(seed));

    List<Told> oneByOne = alone.stream().map(routing::assign).map(told(one)).toList();
    List<Told> atOnce = routing.assignAll(together).stream().map(told(other)).toList();

    assertThat(atOnce).isEqualTo(oneByOne);
    assertThat(atOnce.stream().map(Told::reason).distinct()).hasSizeGreaterThan(4);
    // The round goes on where it stopped, too.
    List<Told> next =
        IntStream.range(0, 5)
            .mapToObj(i -> routing.assign(one.offer(-i, null)))
            .map(told(one))
            .toList();
    assertThat(
            IntStream.range(0, 5)
                .mapToObj(i -> routing.assign(other.offer(-i, null)))
                .map(told(other))
                .toList())
        .isEqualTo(next);
  }

  private static Function<Assignment, Told> told(House house) {
    return assignment ->
        new Told(
            assignment.advisor() == null ? null : assignment.advisor().replace(house.branch, "B"),
            assignment.reason());
  }

  /** A branch of all sorts of people and tasks of all sorts, more than there is room for. */
  private static List<TaskOffer> offers(House house, Random random) {
    for (int i = 0; i < 8; i++) {
      house.employ(
          new AdvisorProfile(
              house.name("r" + i),
              house.branch,
              random.nextBoolean() ? Set.of("margin") : Set.of(),
              i == 7 ? House.TODAY.minusDays(1) : LocalDate.of(2027, 12, 31),
              2 + random.nextInt(4),
              i == 6 ? House.TODAY : null,
              i == 6 ? House.TODAY : null,
              false,
              new AdvisorProfile.Strengths(
                  random.nextBoolean() ? Set.of("retirement") : Set.of(),
                  random.nextBoolean() ? Set.of("yue") : Set.of(),
                  random.nextBoolean() ? Set.of("core") : Set.of())));
    }
    List<TaskOffer> offers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long customer =
          random.nextInt(3) == 0 ? -i : house.customer("r" + random.nextInt(9), Map.of());
      offers.add(
          switch (random.nextInt(3)) {
            case 0 -> house.offer(customer, "margin");
            case 1 ->
                house.offering(
                    customer,
                    new TaskNeeds(
                        random.nextBoolean() ? "complaint" : "follow_up",
                        "normal",
                        random.nextBoolean() ? "retirement" : null,
                        random.nextBoolean() ? "yue" : null,
                        random.nextBoolean() ? "core" : null,
                        false));
            default -> house.offer(customer, null);
          });
    }
    return offers;
  }

  @Test
  void what_is_known_keeps_its_answer_among_others_that_are_new() {
    House house = new House(context);
    house.employ(house.plain("a"), house.plain("b"));
    TaskOffer known = house.offer(-1, null);
    Assignment first = routing.assign(known);
    TaskOffer fresh = house.offer(-2, null);

    List<Assignment> answers = routing.assignAll(List.of(fresh, known));

    assertThat(answers.get(1)).isEqualTo(first);
    assertThat(answers.get(0).advisor()).isNotNull().isNotEqualTo(first.advisor());
  }

  @Test
  void head_office_takes_what_the_branch_cannot_and_is_counted_once_over_all_branches() {
    House away = new House(context);
    House house = new House(context);
    AdvisorProfile head = away.withCapacity("head", 3);
    away.employ(head);
    away.movesToHeadOffice(head);
    house.employ(house.withCapacity("own", 1));
    TaskNeeds anywhere = new TaskNeeds("follow_up", "normal", null, null, null, true);

    List<Assignment> answers =
        routing.assignAll(
            List.of(
                house.offering(-1, anywhere),
                away.offer(-2, null),
                house.offering(-3, anywhere),
                house.offer(-4, null)));

    assertThat(answers.get(0).advisor()).isEqualTo(house.name("own"));
    assertThat(answers.get(1).advisor()).isEqualTo(away.name("head"));
    assertThat(answers.get(2).reason()).isEqualTo(RoutingReason.HEAD_OFFICE.message());
    assertThat(answers.get(3).advisor()).as("only of the branch").isNull();
  }

  @Test
  void parallel_batches_overfill_by_one_each_at_most_and_the_watch_leaves_no_place_empty()
      throws Exception {
    House house = new House(context);
    for (int i = 0; i < 20; i++) {
      house.employ(house.withCapacity("p" + i, 19));
    }
    List<Future<List<Assignment>>> answers = new ArrayList<>();
    var threads = Executors.newFixedThreadPool(PARALLEL);
    try {
      for (int batch = 0; batch < 16; batch++) {
        List<TaskOffer> offers =
            IntStream.range(0, 25).mapToObj(i -> house.offer(-i, null)).toList();
        answers.add(threads.submit(() -> routing.assignAll(offers)));
      }
      for (Future<List<Assignment>> answer : answers) {
        assertThat(answer.get()).hasSize(25);
      }
    } finally {
      threads.shutdown();
    }
    Map<String, Long> held = held(house);

    // 20 advisors with room for 19 make 380 places for 400 tasks.
    assertThat(held.get("pool")).isGreaterThanOrEqualTo(20L - PARALLEL);
    held.remove("pool");
    assertThat(held.values())
        .allSatisfy(tasks -> assertThat(tasks).isLessThanOrEqualTo(19L + PARALLEL - 1));

    untilTheWatchFindsNobody(house);

    Map<String, Long> after = held(house);
    assertThat(after.remove("pool")).isLessThanOrEqualTo(20L);
    assertThat(after.values()).allSatisfy(tasks -> assertThat(tasks).isGreaterThanOrEqualTo(19L));
  }

  private void untilTheWatchFindsNobody(House house) {
    long before = -1;
    long waiting = held(house).getOrDefault("pool", 0L);
    while (waiting != before) {
      before = waiting;
      context.getBean(MovableClock.class).advance(Duration.ofMinutes(1));
      watch.look();
      waiting = held(house).getOrDefault("pool", 0L);
    }
  }

  @Test
  void who_is_being_chosen_by_others_all_the_while_gets_one_task_and_the_rest_waits() {
    House house = new House(context);
    house.employ(house.plain("a"), house.plain("b"));
    List<TaskOffer> offers = IntStream.range(0, 5).mapToObj(i -> house.offer(-i, null)).toList();

    transaction.executeWithoutResult(
        status -> {
          jdbc.sql("select 1 from advisor where branch = ? for no key update")
              .param(house.branch)
              .query(Integer.class)
              .list();
          elsewhere(() -> routing.assignAll(offers));
        });

    assertThat(held(house)).isEqualTo(Map.of(house.name("a"), 1L, house.name("b"), 1L, "pool", 3L));
  }

  @Test
  void who_was_chosen_by_others_meanwhile_is_looked_at_again() {
    House house = new House(context);
    house.employ(house.withCapacity("a", 1), house.withCapacity("b", 1));
    Choosing choosing = context.getBean(Choosing.class);
    List<Choosing.Question> question =
        List.of(
            new Choosing.Question(house.branch, null, TaskNeeds.ORDINARY, null, List.of(), false));

    Choosing.Choice choice =
        transaction.execute(
            status -> {
              Seats seats =
                  new Seats(
                      context
                          .getBean(Roster.class)
                          .of(Set.of(house.branch), false, MovableClock.START, MovableClock.START)
                          .stream()
                          .collect(Collectors.toMap(Roster.Candidate::username, one -> one)));
              assertThat(seats.fill(question).get(0).advisor()).isEqualTo(house.name("a"));
              elsewhere(() -> routing.assign(house.offer(-1, null)));
              Set<String> wanted = seats.wanted();
              seats.locked(wanted, context.getBean(Roster.class).lock(wanted));
              assertThat(seats.settled()).isFalse();
              assertThat(seats.othersHaveChosen()).isTrue();
              return choosing.choose(question, MovableClock.START).get(0);
            });

    assertThat(choice.advisor()).isEqualTo(house.name("b"));
  }

  private static void elsewhere(Runnable act) {
    var thread = Executors.newSingleThreadExecutor();
    try {
      thread.submit(act).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      thread.shutdown();
    }
  }

  private Map<String, Long> held(House house) {
    return workList
        .page("", WorkFilter.branch(), BranchScope.of(house.branch), MovableClock.START, 0, 2000)
        .stream()
        .map(task -> task.assignee() == null ? "pool" : task.assignee())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
