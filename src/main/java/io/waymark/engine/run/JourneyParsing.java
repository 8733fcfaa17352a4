package io.waymark.engine.run;

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
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Wires Waymark into every journey as it is parsed: settings, node facts, waits, tasks and the
 * guard at the start. All listeners are built-in ones, so no door can ask the engine to skip them.
 */
@Component
public class JourneyParsing extends AbstractBpmnParseListener {

  private final StartGuard guard;
  private final NodeRecorder recorder;
  private final EarlyEvents earlyEvents;
  private final LeaveRecorder leaving;
  private final TaskOffering offering;
  private final TaskAnswering answering;

  JourneyParsing(
      StartGuard guard,
      NodeRecorder recorder,
      EarlyEvents earlyEvents,
      LeaveRecorder leaving,
      TaskOffering offering,
      TaskAnswering answering) {
    this.guard = guard;
    this.recorder = recorder;
    this.earlyEvents = earlyEvents;
    this.leaving = leaving;
    this.offering = offering;
    this.answering = answering;
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity process) {
    if (process.getKey().equals(ReviewDrawing.KEY)) {
      return;
    }
    Map<String, Element> elements = new HashMap<>();
    collect(element, elements);
    StepProperties.attach(process, element);
    process.addBuiltInListener(ExecutionListener.EVENTNAME_START, guard);
    process.addBuiltInListener(ExecutionListener.EVENTNAME_END, leaving);
    earlyEvents.attach(process);
    wire(process, elements);
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
      activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, recorder);
      activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, recorder);
      if (NodeRecorder.goesOnLater(activity)) {
        activity
            .getOutgoingTransitions()
            .forEach(
                flow ->
                    ((TransitionImpl) flow)
                        .addBuiltInListener(ExecutionListener.EVENTNAME_TAKE, recorder));
      }
      earlyEvents.attach(activity);
      if (activity.getActivityBehavior() instanceof UserTaskActivityBehavior behavior) {
        wireTask(behavior.getTaskDefinition());
      }
      wire(activity, elements);
    }
  }

  private void wireTask(TaskDefinition task) {
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, offering);
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, answering);
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, answering);
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, answering);
  }
}
