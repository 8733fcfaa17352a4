package io.waymark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Notes every sequence flow a token takes, so that a test can say which ones nobody has walked. */
@TestComponent
@Order(Ordered.LOWEST_PRECEDENCE)
public class FlowsTaken extends AbstractProcessEnginePlugin {

  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /** Ids of the flows taken so far in this process. */
  public List<String> of(String processKey) {
    return taken.stream()
        .filter(flow -> flow.startsWith(processKey + "/"))
        .map(flow -> flow.substring(processKey.length() + 1))
        .toList();
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    List<BpmnParseListener> listeners = new ArrayList<>(engine.getCustomPostBPMNParseListeners());
    listeners.add(
        new AbstractBpmnParseListener() {
          @Override
          public void parseProcess(Element element, ProcessDefinitionEntity process) {
            listen(process, process.getKey());
          }
        });
    engine.setCustomPostBPMNParseListeners(listeners);
  }

  private void listen(ScopeImpl scope, String process) {
    scope
        .getActivities()
        .forEach(
            activity -> {
              activity
                  .getOutgoingTransitions()
                  .forEach(flow -> listen((TransitionImpl) flow, process));
              listen(activity, process);
            });
  }

  private void listen(TransitionImpl flow, String process) {
    ExecutionListener note = execution -> taken.add(process + "/" + flow.getId());
    flow.addListener(ExecutionListener.EVENTNAME_TAKE, note);
  }
}
