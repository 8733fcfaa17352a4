package io.waymark.engine.watch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;

/** One version of a journey as drawn, read in words. */
final class Drawing {

  private final BpmnModelInstance model;

  /** By the flows themselves: a node need not list those that leave it. */
  private final Map<FlowNode, List<SequenceFlow>> flows;

  Drawing(BpmnModelInstance model) {
    this.model = model;
    this.flows =
        model.getModelElementsByType(SequenceFlow.class).stream()
            .collect(Collectors.groupingBy(SequenceFlow::getSource));
  }

  private List<SequenceFlow> from(FlowNode node) {
    return flows.getOrDefault(node, List.of());
  }

  /** What the drawing calls an element; its id when it has no name. */
  String name(String id) {
    return model.getModelElementById(id) instanceof FlowElement element ? name(element) : id;
  }

  /** What happens after a node, a sentence for each way on. */
  List<String> after(String node) {
    if (!(model.getModelElementById(node) instanceof FlowNode here)) {
      return List.of();
    }
    Stream<String> own =
        here instanceof EventBasedGateway
            ? from(here).stream().map(SequenceFlow::getTarget).map(this::sentence)
            : Stream.of(sentence(here));
    return Stream.concat(own, beside(here).map(this::sentence)).distinct().toList();
  }

  private Stream<BoundaryEvent> beside(FlowNode host) {
    return model.getModelElementsByType(BoundaryEvent.class).stream()
        .filter(event -> host.equals(event.getAttachedTo()))
        .filter(event -> event.getEventDefinitions().stream().anyMatch(Drawing::comesByItself));
  }

  private static boolean comesByItself(Object definition) {
    return definition instanceof TimerEventDefinition
        || definition instanceof MessageEventDefinition;
  }

  private String sentence(FlowNode from) {
    return "%s：%s".formatted(condition(from), destination(from(from)));
  }

  private static String condition(FlowNode node) {
    String name = "“" + name(node) + "”";
    if (node instanceof UserTask) {
      return "投顾完成" + name + "后";
    }
    if (node instanceof CatchEvent event) {
      return kind(event).map(kind -> kind + name + "后").orElse(name + "后");
    }
    return name + "完成后";
  }

  private static Optional<String> kind(CatchEvent event) {
    return event.getEventDefinitions().stream()
        .map(definition -> definition instanceof TimerEventDefinition ? "时间到" : "收到")
        .findFirst();
  }

  private String destination(Collection<SequenceFlow> flows) {
    List<String> targets = flows.stream().map(SequenceFlow::getTarget).map(this::target).toList();
    return targets.isEmpty() ? "旅程结束" : "前往" + String.join("或", targets);
  }

  private String target(FlowNode node) {
    if (node instanceof EndEvent) {
      return "结束“" + name(node) + "”";
    }
    if (node instanceof Gateway && !(node instanceof EventBasedGateway)) {
      return "“%s”判断(%s)".formatted(name(node), branches(node));
    }
    return "“" + name(node) + "”";
  }

  private String branches(FlowNode gateway) {
    return String.join("、", from(gateway).stream().map(Drawing::branch).distinct().toList());
  }

  private static String branch(SequenceFlow flow) {
    String target = "“" + name(flow.getTarget()) + "”";
    return flow.getName() == null || flow.getName().isBlank()
        ? target
        : flow.getName() + "→" + target;
  }

  private static String name(FlowElement element) {
    @Nullable String name = element.getName();
    return name == null || name.isBlank() ? element.getId() : name.replaceAll("\\s+", "");
  }
}
