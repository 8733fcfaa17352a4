package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class RoutingFairnessTest {

  private static final int PARALLEL = 4;

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired WorkList workList;

  @Test
  void a_thousand_tasks_are_shared_out_by_capacity() {
    House house = new House(context);
    for (int i = 0; i < 10; i++) {
      house.employ(house.withCapacity("a" + i, i < 5 ? 100 : 300));
    }
    for (int i = 0; i < 1000; i++) {
      routing.assign(house.offer(-i, null));
    }

    Map<String, Long> held = held(house);

    for (int i = 0; i < 10; i++) {
      assertThat(held.get(house.name("a" + i))).isBetween(i < 5 ? 49L : 149L, i < 5 ? 51L : 151L);
    }
  }

  @Test
  void parallel_transactions_leave_no_place_empty_and_overfill_by_one_each_at_most()
      throws Exception {
    House house = new House(context);
    for (int i = 0; i < 20; i++) {
      house.employ(house.withCapacity("p" + i, 49));
    }
    List<TaskOffer> offers = IntStream.range(0, 1000).mapToObj(i -> house.offer(-i, null)).toList();
    var threads = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<Future<Assignment>> answers = new ArrayList<>();
      offers.forEach(offer -> answers.add(threads.submit(() -> routing.assign(offer))));
      for (Future<Assignment> answer : answers) {
        answer.get();
      }
    } finally {
      threads.shutdown();
    }

    Map<String, Long> held = held(house);

    // 20 advisors with room for 49 make 980 places; the rest waits in the pool.
    assertThat(held.remove("pool")).isBetween(20L - PARALLEL, 20L);
    assertThat(held).hasSize(20);
    assertThat(held.values())
        .allSatisfy(tasks -> assertThat(tasks).isBetween(49L, 49L + PARALLEL - 1));
  }

  private Map<String, Long> held(House house) {
    return workList
        .page("", WorkFilter.branch(), BranchScope.of(house.branch), MovableClock.START, 0, 2000)
        .stream()
        .map(task -> task.assignee() == null ? "pool" : task.assignee())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
