package io.waymark.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** Gives a sketch the shapes a canvas needs: left to right, one column per step. */
final class Layout {

  private record Box(int x, int y, int width, int height) {

    private int middle() {
      return y + height / 2;
    }
  }

  private Layout() {}

  static byte[] drawn(String xml) {
    BpmnModelInstance model =
        Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    Collection<SequenceFlow> flows = model.getModelElementsByType(SequenceFlow.class);
    Map<String, Box> boxes = boxes(model.getModelElementsByType(FlowNode.class), flows);
    StringBuilder shapes = new StringBuilder();
    boxes.forEach(
        (id, box) ->
            shapes.append(
                "<di:BPMNShape id=\"s_%s\" bpmnElement=\"%s\"><dc:Bounds x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></di:BPMNShape>"
                    .formatted(id, id, box.x(), box.y(), box.width(), box.height())));
    for (SequenceFlow flow : flows) {
      Box from = boxes.get(flow.getSource().getId());
      Box to = boxes.get(flow.getTarget().getId());
      shapes.append(
          "<di:BPMNEdge id=\"e_%s\" bpmnElement=\"%s\"><w:waypoint x=\"%d\" y=\"%d\"/><w:waypoint x=\"%d\" y=\"%d\"/></di:BPMNEdge>"
              .formatted(
                  flow.getId(),
                  flow.getId(),
                  from.x() + from.width(),
                  from.middle(),
                  to.x(),
                  to.middle()));
    }
    String process = model.getModelElementsByType(Process.class).iterator().next().getId();
    return xml.replace(
            "</bpmn:definitions>",
            """
            <di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"
                xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
                xmlns:w="http://www.omg.org/spec/DD/20100524/DI" id="diagram">
              <di:BPMNPlane id="plane" bpmnElement="%s">%s</di:BPMNPlane>
            </di:BPMNDiagram></bpmn:definitions>
            """
                .formatted(process, shapes))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Box> boxes(
      Collection<FlowNode> nodes, Collection<SequenceFlow> flows) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    Deque<String> todo = new ArrayDeque<>();
    columns.put("Start", 0);
    todo.add("Start");
    while (!todo.isEmpty()) {
      String one = todo.poll();
      for (SequenceFlow flow : flows) {
        if (flow.getSource().getId().equals(one)
            && columns.putIfAbsent(flow.getTarget().getId(), columns.get(one) + 1) == null) {
          todo.add(flow.getTarget().getId());
        }
      }
    }
    Map<String, FlowNode> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.getId(), node));
    Map<Integer, Integer> rows = new HashMap<>();
    Map<String, Box> boxes = new LinkedHashMap<>();
    columns.forEach(
        (id, column) -> {
          FlowNode node = byId.get(id);
          int width = node instanceof Event ? 36 : node instanceof Gateway ? 50 : 100;
          int height = node instanceof Event ? 36 : node instanceof Gateway ? 50 : 80;
          int row = rows.merge(column, 1, Integer::sum) - 1;
          boxes.put(
              id,
              new Box(100 + column * 150 - width / 2, 150 + row * 130 - height / 2, width, height));
        });
    return boxes;
  }
}
