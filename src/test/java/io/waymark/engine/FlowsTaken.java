package io.waymark.engine;

import io.waymark.engine.run.BusinessKey;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.ReviewDrawing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Notes every sequence flow a token takes, so that a test can say which ones nobody has walked. */
@TestComponent
@Order(Ordered.LOWEST_PRECEDENCE)
public class FlowsTaken extends AbstractProcessEnginePlugin {

  private record Step(String process, String flow, long participation) {}

  private record Place(String process, String flow, long customer) {}

  private final Set<Step> taken = ConcurrentHashMap.newKeySet();
  private final Map<Place, Runnable> meanwhile = new ConcurrentHashMap<>();
  private final Set<Place> broken = ConcurrentHashMap.newKeySet();
  private final ObjectProvider<JourneyTransactions> transactions;

  FlowsTaken(ObjectProvider<JourneyTransactions> transactions) {
    this.transactions = transactions;
  }

  /** Ids of the flows these participations, or reviews, have taken in this process. */
  Set<String> of(String process, Collection<Long> participations) {
    return taken.stream()
        .filter(step -> step.process().equals(process))
        .filter(step -> participations.contains(step.participation()))
        .map(Step::flow)
        .collect(Collectors.toSet());
  }

  /**
   * Lets something happen elsewhere, committed, just when this customer's token takes the flow: the
   * world does not wait while a step of a journey is being worked off.
   */
  void meanwhile(String process, String flow, long customer, Runnable elsewhere) {
    meanwhile.put(new Place(process, flow, customer), elsewhere);
  }

  /** From now on this customer's token fails when it takes the flow. */
  void breakDown(String process, String flow, long customer) {
    broken.add(new Place(process, flow, customer));
  }

  void repair(String process, String flow, long customer) {
    broken.remove(new Place(process, flow, customer));
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    List<BpmnParseListener> listeners = new ArrayList<>(engine.getCustomPostBPMNParseListeners());
    listeners.add(
        new AbstractBpmnParseListener() {
          @Override
          public void parseProcess(Element element, ProcessDefinitionEntity process) {
            listen(process, process.getKey(), waits(element));
          }
        });
    engine.setCustomPostBPMNParseListeners(listeners);
  }

  /**
   * Flows from an event-based gateway by the event they lead to. To the engine they are no
   * transitions: the event itself starts when it is the one that happens.
   */
  private static Map<String, String> waits(Element process) {
    Map<String, String> waits = new HashMap<>();
    Set<String> gateways = new HashSet<>();
    process.elements("eventBasedGateway").forEach(one -> gateways.add(one.attribute("id")));
    process.elements("sequenceFlow").stream()
        .filter(flow -> gateways.contains(flow.attribute("sourceRef")))
        .forEach(flow -> waits.put(flow.attribute("targetRef"), flow.attribute("id")));
    return waits;
  }

  private void listen(ScopeImpl scope, String process, Map<String, String> waits) {
    for (ActivityImpl activity : scope.getActivities()) {
      activity
          .getOutgoingTransitions()
          .forEach(
              flow ->
                  ((TransitionImpl) flow)
                      .addListener(ExecutionListener.EVENTNAME_TAKE, note(process, flow.getId())));
      if (waits.containsKey(activity.getId())) {
        activity.addListener(
            ExecutionListener.EVENTNAME_START, note(process, waits.get(activity.getId())));
      }
      listen(activity, process, waits);
    }
  }

  private ExecutionListener note(String process, String flow) {
    return execution -> {
      if (process.equals(ReviewDrawing.KEY)) {
        taken.add(new Step(process, flow, review(execution)));
        return;
      }
      taken.add(new Step(process, flow, BusinessKey.participation(execution)));
      if (!meanwhile.isEmpty() || !broken.isEmpty()) {
        happen(new Place(process, flow, customer(execution)));
      }
    };
  }

  private static long review(DelegateExecution execution) {
    return Long.parseLong(execution.getProcessBusinessKey().substring("review/".length()));
  }

  private long customer(DelegateExecution execution) {
    return transactions
        .getObject()
        .participation(BusinessKey.participation(execution))
        .customerId();
  }

  private void happen(Place place) throws Exception {
    if (broken.contains(place)) {
      throw new IllegalStateException("a step is out of order");
    }
    Runnable elsewhere = meanwhile.remove(place);
    if (elsewhere != null) {
      // A thread of its own has a transaction of its own.
      CompletableFuture.runAsync(elsewhere).get(20, TimeUnit.SECONDS);
    }
  }
}
