package io.waymark.engine.migration;

import static org.camunda.bpm.model.bpmn.impl.BpmnModelConstants.CAMUNDA_NS;

import io.waymark.engine.migration.DrawnNode.Flow;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** The drawing of one version: its nodes in their order, and what can be reached from where. */
final class Drawn {

  private final Map<String, DrawnNode> nodes = new LinkedHashMap<>();

  /** By the node they leave. Nodes need not name their flows themselves. */
  private final Map<String, List<Flow>> flows;

  Drawn(BpmnModelInstance model) {
    flows =
        model.getModelElementsByType(SequenceFlow.class).stream()
            .collect(
                Collectors.groupingBy(
                    flow -> flow.getSource().getId(),
                    Collectors.mapping(
                        flow -> new Flow(flow.getId(), flow.getTarget().getId()),
                        Collectors.toList())));
    Process process = model.getModelElementsByType(Process.class).iterator().next();
    read(process.getFlowElements().stream().toList(), null);
  }

  private void read(Collection<? extends ModelElementInstance> elements, @Nullable String scope) {
    for (ModelElementInstance element : elements) {
      if (element instanceof FlowNode node) {
        nodes.put(node.getId(), node(node, scope));
        if (node instanceof SubProcess inner) {
          read(inner.getFlowElements().stream().toList(), inner.getId());
        }
      }
    }
  }

  private DrawnNode node(FlowNode node, @Nullable String scope) {
    Message message = message(node);
    BoundaryEvent boundary = node instanceof BoundaryEvent one ? one : null;
    return new DrawnNode(
        node.getId(),
        node.getName() == null || node.getName().isBlank() ? node.getId() : node.getName().strip(),
        node.getElementType().getTypeName(),
        trigger(node, message),
        message == null ? null : message.getName(),
        template(node),
        scope,
        boundary == null ? null : boundary.getAttachedTo().getId(),
        boundary != null
            ? boundary.cancelActivity()
            : !(node instanceof StartEvent start) || start.isInterrupting(),
        node instanceof SubProcess sub && sub.triggeredByEvent(),
        "true".equals(node.getAttributeValueNs(CAMUNDA_NS, "asyncAfter")),
        flows.getOrDefault(node.getId(), List.of()));
  }

  private static @Nullable Message message(FlowNode node) {
    if (node instanceof ReceiveTask receive) {
      return receive.getMessage();
    }
    return children(node, MessageEventDefinition.class).stream()
        .map(MessageEventDefinition::getMessage)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String trigger(FlowNode node, @Nullable Message message) {
    if (message != null) {
      return "message";
    }
    if (!children(node, TimerEventDefinition.class).isEmpty()) {
      return "timer";
    }
    return children(node, ErrorEventDefinition.class).isEmpty() ? null : "error";
  }

  private static <T extends ModelElementInstance> Collection<T> children(
      FlowNode node, Class<T> type) {
    return node.getChildElementsByType(type);
  }

  private static @Nullable String template(FlowNode node) {
    return node instanceof Activity && "${sendMessage}".equals(delegate(node))
        ? property(node, "template")
        : null;
  }

  private static @Nullable String delegate(FlowNode node) {
    return node.getAttributeValueNs(CAMUNDA_NS, "delegateExpression");
  }

  private static @Nullable String property(BaseElement element, String name) {
    if (element.getExtensionElements() == null) {
      return null;
    }
    return element
        .getExtensionElements()
        .getElementsQuery()
        .filterByType(CamundaProperties.class)
        .list()
        .stream()
        .flatMap(properties -> properties.getCamundaProperties().stream())
        .filter(property -> name.equals(property.getCamundaName()))
        .map(CamundaProperty::getCamundaValue)
        .findFirst()
        .orElse(null);
  }

  Collection<DrawnNode> nodes() {
    return nodes.values();
  }

  @Nullable DrawnNode node(String id) {
    return nodes.get(id);
  }

  String name(String id) {
    DrawnNode node = nodes.get(id);
    return node == null ? id : node.name();
  }

  /** The node a customer stands at while this timer or event waits for him. */
  String standsAt(String eventId) {
    DrawnNode event = nodes.get(eventId);
    if (event == null) {
      return eventId;
    }
    if (event.attachedTo() != null) {
      return event.attachedTo();
    }
    return gatewayBefore(eventId) == null
        ? eventId
        : Objects.requireNonNull(gatewayBefore(eventId));
  }

  /** The gateway of events that leads here; null when none does. */
  @Nullable String gatewayBefore(String eventId) {
    return nodes.values().stream()
        .filter(node -> node.kind().equals("eventBasedGateway"))
        .filter(node -> node.outgoing().stream().anyMatch(flow -> flow.target().equals(eventId)))
        .map(DrawnNode::id)
        .findFirst()
        .orElse(null);
  }

  /** Events a customer at this node waits for, those of the whole scope included. */
  Set<String> awaited(String id) {
    Set<String> names = new LinkedHashSet<>();
    nodes.values().stream()
        .filter(node -> node.event() != null)
        .filter(
            node ->
                node.id().equals(id)
                    || standsAt(node.id()).equals(id)
                    || beginsEventSubProcess(node))
        .forEach(node -> names.add(Objects.requireNonNull(node.event())));
    return names;
  }

  private boolean beginsEventSubProcess(DrawnNode start) {
    DrawnNode scope = start.scope() == null ? null : nodes.get(start.scope());
    return start.kind().equals("startEvent") && scope != null && scope.eventSubProcess();
  }

  /** Whether nothing but this timer can move the customer on. */
  boolean onlyWay(String timerId) {
    DrawnNode timer = nodes.get(timerId);
    if (timer == null || timer.attachedTo() != null || beginsEventSubProcess(timer)) {
      return timer == null;
    }
    String gateway = gatewayBefore(timerId);
    return gateway == null || Objects.requireNonNull(nodes.get(gateway)).outgoing().size() < 2;
  }

  /**
   * Every node a customer who stands at these can still come to; these only if a way leads back.
   */
  Set<String> reach(Collection<String> from) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> todo = new ArrayDeque<>();
    from.forEach(one -> next(one, from).forEach(todo::add));
    while (!todo.isEmpty()) {
      String one = todo.poll();
      if (reached.add(one)) {
        next(one, from).forEach(todo::add);
      }
    }
    return reached;
  }

  private List<String> next(String id, Collection<String> from) {
    DrawnNode node = nodes.get(id);
    if (node == null) {
      return List.of();
    }
    Set<String> next = new LinkedHashSet<>();
    node.outgoing().forEach(flow -> next.add(flow.target()));
    for (DrawnNode other : nodes.values()) {
      boolean beside = id.equals(other.attachedTo());
      boolean within = id.equals(other.scope()) && other.kind().equals("startEvent");
      boolean anyTime =
          other.eventSubProcess()
              && Objects.equals(other.scope(), node.scope())
              && from.stream().noneMatch(one -> inside(one, other.scope()));
      if (beside || within || anyTime) {
        next.add(other.id());
      }
    }
    if (node.scope() != null) {
      DrawnNode scope = Objects.requireNonNull(nodes.get(node.scope()));
      scope.outgoing().forEach(flow -> next.add(flow.target()));
      nodes.values().stream()
          .filter(other -> scope.id().equals(other.attachedTo()))
          .forEach(other -> next.add(other.id()));
    }
    return List.copyOf(next);
  }

  /** Whether the node lies in an interrupting event sub-process of that scope, which ended it. */
  private boolean inside(String id, @Nullable String scope) {
    DrawnNode node = nodes.get(id);
    while (node != null && node.scope() != null) {
      DrawnNode outer = Objects.requireNonNull(nodes.get(node.scope()));
      if (outer.eventSubProcess() && Objects.equals(outer.scope(), scope) && interrupts(outer)) {
        return true;
      }
      node = outer;
    }
    return false;
  }

  private boolean interrupts(DrawnNode eventSubProcess) {
    return nodes.values().stream()
        .filter(node -> eventSubProcess.id().equals(node.scope()))
        .anyMatch(node -> node.kind().equals("startEvent") && node.interrupting());
  }
}
