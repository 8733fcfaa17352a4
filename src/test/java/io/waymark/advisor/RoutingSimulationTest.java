package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Weeks of a branch: tasks come, are answered, people fall ill and lose their licences. */
@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class RoutingSimulationTest {

  private static final int DAYS = 6;
  private static final int TASKS_A_DAY = 250;

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired TaskOutcomes outcomes;
  @Autowired TaskWatch watch;
  @Autowired WorkList workList;
  @Autowired MovableClock clock;

  private record Person(String name, boolean margin, int capacity, LocalDate licence, int away) {

    boolean fit(boolean needsMargin, int day) {
      return (margin || !needsMargin)
          && !licence.isBefore(House.TODAY.plusDays(day))
          && away != day;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 20261123})
  void nobody_unfit_gets_a_task_nobody_is_overfilled_and_equals_share_alike(long seed) {
    Random random = new Random(seed);
    House house = new House(context);
    List<Person> people = people(random);
    people.forEach(person -> house.employ(profile(house, person)));
    Map<String, Integer> evenly = new TreeMap<>();

    for (int day = 0; day < DAYS; day++) {
      if (day == 5) {
        day += 2; // Saturday and Sunday
      }
      clock.set(MovableClock.START.plus(Duration.ofDays(day)));
      watch.look();
      int today = day;
      List<String> margin = new ArrayList<>();
      for (int i = 0; i < TASKS_A_DAY; i++) {
        boolean needsMargin = random.nextInt(3) == 0;
        TaskOffer offer = house.offer(-i, needsMargin ? "margin" : null, clock.instant());
        if (needsMargin) {
          margin.add(offer.taskId());
        }
        routing.assign(offer);
      }
      List<AdvisorTask> open = open(house);
      Map<String, Integer> load = new HashMap<>();
      open.forEach(task -> load.merge(String.valueOf(task.assignee()), 1, Integer::sum));
      for (Person person : people) {
        assertThat(load.getOrDefault(house.name(person.name()), 0))
            .as("%s on day %d", person, day)
            .isLessThanOrEqualTo(person.capacity());
      }
      for (AdvisorTask task : open) {
        boolean needsMargin = task.qualification() != null;
        List<Person> fit = people.stream().filter(one -> one.fit(needsMargin, today)).toList();
        if (task.assignee() == null) {
          assertThat(fit)
              .as("waits in the pool although somebody has room on day %d", day)
              .allSatisfy(
                  one ->
                      assertThat(load.getOrDefault(house.name(one.name()), 0))
                          .isEqualTo(one.capacity()));
        } else {
          assertThat(fit).extracting(one -> house.name(one.name())).contains(task.assignee());
        }
      }
      assertAlike(house, people, load, today);
      answer(open, random);
      load.forEach((name, count) -> evenly.merge(name, count, Integer::sum));
    }
    assertThat(evenly).isNotEmpty();
  }

  /** Same capacity, same qualification, there all day: the shares differ by less than a tenth. */
  private static void assertAlike(
      House house, List<Person> people, Map<String, Integer> load, int day) {
    List<Integer> alike =
        people.stream()
            .filter(one -> !one.margin() && one.capacity() == 40 && one.fit(false, day))
            .map(one -> load.getOrDefault(house.name(one.name()), 0))
            .sorted(Comparator.naturalOrder())
            .toList();
    assertThat(alike).hasSizeGreaterThan(2);
    assertThat(alike.get(alike.size() - 1) - alike.get(0)).as("shares %s", alike).isLessThan(4);
  }

  /** Everybody finishes what is in hand, so that the next day starts as even as this one. */
  private void answer(List<AdvisorTask> open, Random random) {
    for (AdvisorTask task : open) {
      String holder = task.assignee();
      if (holder == null) {
        outcomes.cancel(task.taskId(), "goal");
      } else if (random.nextInt(50) > 0) {
        outcomes.complete(task.taskId(), "declined", holder, null);
      } else {
        routing.refuse(task.taskId(), holder, MoveReason.WORKLOAD);
      }
    }
  }

  private static List<Person> people(Random random) {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      LocalDate licence = House.TODAY.plusDays(i == 3 ? 2 : 900);
      people.add(
          new Person(
              "s" + i,
              i % 3 == 0,
              i % 2 == 0 ? 40 : 20,
              licence,
              i == 4 || i == 5 ? random.nextInt(4) : -1));
    }
    return people;
  }

  private static AdvisorProfile profile(House house, Person person) {
    LocalDate away = person.away() < 0 ? null : House.TODAY.plusDays(person.away());
    return new AdvisorProfile(
        house.name(person.name()),
        house.branch,
        person.margin() ? Set.of("margin") : Set.of(),
        person.licence(),
        person.capacity(),
        away,
        away,
        false);
  }

  private List<AdvisorTask> open(House house) {
    return workList.page(
        "", WorkFilter.branch(), BranchScope.of(house.branch), clock.instant(), 0, 2000);
  }
}
