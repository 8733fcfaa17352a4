package io.waymark.engine.identity;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The one list Tasklist shows everybody: the engine leaves in it only what the person may see,
 * which for an advisor is the own tasks and those of the branch's pool, the most urgent first.
 */
@Component
@Order(1)
class TasklistFilter implements ApplicationRunner {

  private static final String NAME = "我可以处理的任务";

  private final FilterService filters;
  private final TaskService tasks;
  private final OneNodeAtATime starting;

  TasklistFilter(FilterService filters, TaskService tasks, OneNodeAtATime starting) {
    this.filters = filters;
    this.tasks = tasks;
    this.starting = starting;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    starting.run(this::ensure);
  }

  private void ensure() {
    if (filters.createTaskFilterQuery().filterName(NAME).count() > 0) {
      return;
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put("priority", 0);
    properties.put("refresh", true);
    Filter filter =
        filters
            .newTaskFilter(NAME)
            .setQuery(tasks.createTaskQuery().orderByDueDate().asc())
            .setProperties(properties);
    filters.saveFilter(filter);
  }
}
