package io.waymark.engine.review;

import io.waymark.engine.run.StepProperties;
import io.waymark.engine.sandbox.ReviewDrawing;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Wires the review's rules into its own drawing as it is parsed, by built-in listeners that no door
 * can ask the engine to skip.
 */
@Component
public class ReviewParsing extends AbstractBpmnParseListener {

  private final ReviewStarts starts;
  private final ReviewTasks tasks;

  ReviewParsing(ReviewStarts starts, ReviewTasks tasks) {
    this.starts = starts;
    this.tasks = tasks;
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity process) {
    if (process.getKey().equals(ReviewDrawing.KEY)) {
      Map<String, Element> elements = new HashMap<>();
      collect(element, elements);
      process.addBuiltInListener(ExecutionListener.EVENTNAME_START, starts);
      wire(process, elements);
    }
  }

  private static void collect(Element element, Map<String, Element> elements) {
    String id = element.attribute("id");
    if (id != null) {
      elements.put(id, element);
    }
    element.elements().forEach(child -> collect(child, elements));
  }

  private void wire(ScopeImpl scope, Map<String, Element> elements) {
    for (ActivityImpl activity : scope.getActivities()) {
      Element element = elements.get(activity.getId());
      if (element != null) {
        StepProperties.attach(activity, element);
      }
      if (activity.getActivityBehavior() instanceof UserTaskActivityBehavior behavior) {
        TaskDefinition task = behavior.getTaskDefinition();
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, tasks);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, tasks);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, tasks);
      }
      wire(activity, elements);
    }
  }
}
