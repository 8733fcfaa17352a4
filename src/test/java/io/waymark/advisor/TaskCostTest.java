package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a task costs in statements, whatever the size of the branch. */
@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class TaskCostTest {

  @Autowired ApplicationContext context;
  @Autowired TaskRouting routing;
  @Autowired TaskWatch watch;
  @Autowired WorkList workList;
  @Autowired StatementCounter statements;

  private House house;

  @BeforeEach
  void build() {
    house = new House(context);
  }

  @Test
  void routing_takes_seven_statements_for_two_advisors_and_for_thirty() {
    house.employ(house.plain("a0"), house.plain("a1"));
    List<String> few = cost();
    for (int i = 2; i < 30; i++) {
      house.employ(house.plain("a" + i));
    }

    assertThat(few).as(String.join("\n", few)).hasSize(7);
    assertThat(cost()).hasSize(7);
  }

  @Test
  void fifty_tasks_of_two_branches_take_as_many_statements_as_one() {
    House other = new House(context);
    for (int i = 0; i < 10; i++) {
      house.employ(house.plain("a" + i));
      other.employ(other.plain("b" + i));
    }
    List<TaskOffer> offers =
        IntStream.range(0, 50)
            .mapToObj(i -> i % 2 == 0 ? house : other)
            .map(one -> one.offer(one.customer("a3"), null))
            .toList();

    List<String> together = statements.during(() -> routing.assignAll(offers));

    assertThat(together).as(String.join("\n", together)).hasSize(7);
  }

  @Test
  void a_page_of_the_work_list_is_one_statement() {
    house.employ(house.plain("me"));
    for (int i = 0; i < 5; i++) {
      routing.assign(house.offer(house.customer("me"), null));
    }

    assertThat(
            statements.during(
                () ->
                    workList.page(
                        house.name("me"),
                        WorkFilter.mine(),
                        BranchScope.of(house.branch),
                        MovableClock.START,
                        0,
                        51)))
        .hasSize(1);
  }

  private List<String> cost() {
    TaskOffer offer = house.offer(house.customer(null), null);
    return statements.during(() -> routing.assign(offer));
  }
}
