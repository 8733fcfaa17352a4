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
        .forEach(flow -> link(flow.getAttribute("sourceRef"), flow.getAttribute("targetRef")));
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "boundaryEvent")
        .forEach(event -> link(event.getAttribute("attachedToRef"), event.getAttribute("id")));
    List<Problem> problems = new ArrayList<>();
    Set<String> finished = new HashSet<>();
    for (String node : List.copyOf(next.keySet())) {
      String inLoop = search(node, new HashSet<>(), finished);
      if (inLoop != null) {
        problems.add(new Problem(resource, inLoop, "存在没有等待的循环,客户会在此无限执行;请在循环中加入等待。"));
        break;
      }
    }
    return problems;
  }

  private void link(String source, String target) {
    next.computeIfAbsent(source, unused -> new ArrayList<>()).add(target);
  }

  private @Nullable String search(String node, Set<String> path, Set<String> finished) {
    if (WAITING.contains(kinds.get(node)) || finished.contains(node)) {
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
