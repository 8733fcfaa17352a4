package io.waymark.engine.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Finds loops in which nothing waits: a token in one would run for ever inside a single transaction
 * and never let go of the node it runs on.
 */
final class LoopCheck {

  private static final Set<String> WAITING =
      Set.of("userTask", "receiveTask", "eventBasedGateway", "intermediateCatchEvent");

  private static final String LEAVING = "/leaving";

  private final String resource;
  private final Map<String, List<String>> next = new LinkedHashMap<>();
  private final Map<String, String> kinds = new HashMap<>();

  LoopCheck(String resource) {
    this.resource = resource;
  }

  List<Problem> check(Element definitions) {
    for (String kind : BpmnVocabulary.NODES) {
      Dom.descendants(definitions, BpmnVocabulary.BPMN, kind)
          .forEach(node -> kinds.put(node.getAttribute("id"), kind));
    }
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "sequenceFlow")
        .forEach(
            flow -> link(exit(flow.getAttribute("sourceRef")), flow.getAttribute("targetRef")));
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "boundaryEvent").forEach(this::linkBoundary);
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "subProcess").forEach(this::linkInside);
    List<Problem> problems = new ArrayList<>();
    Set<String> finished = new HashSet<>();
    for (String node : List.copyOf(next.keySet())) {
      String inLoop = search(node, new HashSet<>(), finished);
      if (inLoop != null) {
        String element = inLoop.replace(LEAVING, "");
        problems.add(new Problem(resource, element, "存在没有等待的循环,客户会在此无限执行;请在循环中加入等待。"));
        break;
      }
    }
    return problems;
  }

  /** A sub-process is entered at its start and left at its ends. */
  private String exit(String node) {
    return "subProcess".equals(kinds.get(node)) ? node + LEAVING : node;
  }

  private void linkBoundary(Element event) {
    boolean waits =
        Dom.children(event).stream()
            .map(Element::getLocalName)
            .anyMatch(Set.of("timerEventDefinition", "messageEventDefinition")::contains);
    if (!waits) {
      link(event.getAttribute("attachedToRef"), event.getAttribute("id"));
    }
  }

  private void linkInside(Element subProcess) {
    String id = subProcess.getAttribute("id");
    for (Element child : Dom.children(subProcess)) {
      if (child.getLocalName().equals("startEvent")) {
        link(id, child.getAttribute("id"));
      } else if (child.getLocalName().equals("endEvent")) {
        link(child.getAttribute("id"), id + LEAVING);
      }
    }
  }

  private void link(String source, String target) {
    next.computeIfAbsent(source, unused -> new ArrayList<>()).add(target);
  }

  private @Nullable String search(String node, Set<String> path, Set<String> finished) {
    if (WAITING.contains(kinds.getOrDefault(node, "")) || finished.contains(node)) {
      return null;
    }
    if (!path.add(node)) {
      return node;
    }
    for (String target : next.getOrDefault(node, List.of())) {
      String inLoop = search(target, path, finished);
      if (inLoop != null) {
        return inLoop;
      }
    }
    path.remove(node);
    finished.add(node);
    return null;
  }
}
