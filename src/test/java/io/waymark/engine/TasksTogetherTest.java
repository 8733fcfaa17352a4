package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.WorkList;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.testing.StatementCounter;
import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Customers who come to an advisor's task in one batch are routed by one round of questions. */
@WithTravellers
class TasksTogetherTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired WorkList workList;
  @Autowired StatementCounter statements;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void routing_twelve_asks_the_database_what_routing_one_does() {
    Sketch sketch = Sketch.of("together").task("Task_A", "agreed").way("Task_A");
    sketch.publish(deployments, versions);

    List<String> one = routingOf(people(sketch, 1));
    List<Traveller> many = people(sketch, 12);
    List<String> twelve = routingOf(many);

    assertThat(one).isNotEmpty();
    assertThat(twelve).as(String.join("\n", twelve)).hasSameSizeAs(one);
    for (Traveller traveller : many) {
      Task task = traveller.task("Task_A");
      AdvisorTask known = workList.find(task.getId()).orElseThrow();
      assertThat(task.getAssignee()).isEqualTo(known.assignee());
      assertThat(task.getDueDate()).isEqualTo(known.dueAt());
      traveller.advisorAnswers("Task_A", "agreed").left("completed");
    }
  }

  private List<Traveller> people(Sketch sketch, int howMany) {
    return IntStream.range(0, howMany)
        .mapToObj(i -> travellers.somebody().waitsAtTheDoorAfter(sketch.entry()))
        .toList();
  }

  /** What the batch asks of advisors and their tasks. */
  private List<String> routingOf(List<Traveller> people) {
    assertThat(people).isNotEmpty();
    return statements.during(travellers::settle).stream()
        .filter(sql -> sql.contains("advisor"))
        .toList();
  }
}
