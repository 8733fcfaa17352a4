package io.waymark.engine.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Finds loops in which nothing waits: a token in one would run for ever inside a single transaction
 * and never let go of the node it runs on.
 */
final class LoopCheck {

  private static final Set<String> WAITING = Set.of("userTask", "receiveTask");

  private static final String LEAVING = "/leaving";

  private final Refusals refusals;
  private final Map<String, List<String>> next = new LinkedHashMap<>();
  private final Map<String, Element> nodes = new HashMap<>();

  LoopCheck(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(Element definitions) {
    for (String kind : BpmnVocabulary.NODES) {
      Dom.descendants(definitions, BpmnVocabulary.BPMN, kind)
          .forEach(node -> nodes.put(node.getAttribute("id"), node));
    }
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "sequenceFlow").forEach(this::linkFlow);
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "boundaryEvent").forEach(this::linkBoundary);
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "subProcess").forEach(this::linkInside);
    Set<String> finished = new HashSet<>();
    for (String node : List.copyOf(next.keySet())) {
      String inLoop = search(node, new HashSet<>(), finished);
      if (inLoop != null) {
        String element = inLoop.replace(LEAVING, "");
        refusals.refuse(ProblemKind.LOOP, element, "存在没有等待的循环,客户会在此无限执行;请在循环中加入等待。");
        break;
      }
    }
  }

  /** A sub-process is entered at its start and left at its ends. */
  private void linkFlow(Element flow) {
    String source = flow.getAttribute("sourceRef");
    Element node = nodes.get(source);
    if (node == null || !waits(node)) {
      boolean inside = node != null && kind(node).equals("subProcess");
      link(inside ? source + LEAVING : source, flow.getAttribute("targetRef"));
    }
  }

  private void linkBoundary(Element event) {
    if (!waits(event)) {
      link(event.getAttribute("attachedToRef"), event.getAttribute("id"));
    }
  }

  /** Whether whoever is here surely stays a while before he goes on. */
  private static boolean waits(Element node) {
    if (WAITING.contains(kind(node))) {
      return true;
    }
    boolean message =
        Dom.children(node).stream().anyMatch(child -> kind(child).equals("messageEventDefinition"));
    return message
        || Stream.of("timeDuration", "timeDate")
            .flatMap(name -> Dom.descendants(node, BpmnVocabulary.BPMN, name).stream())
            .filter(timer -> timer.getParentNode().getParentNode() == node)
            .anyMatch(timer -> TimerText.surelyWaits(timer.getTextContent().strip()));
  }

  private static String kind(Element element) {
    return element.getLocalName();
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
    if (finished.contains(node)) {
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
