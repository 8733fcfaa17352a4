package io.waymark.engine.check.rule;

import io.waymark.engine.sandbox.BpmnVocabulary;
import io.waymark.engine.sandbox.Dom;
import io.waymark.engine.sandbox.SafeXml;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * One {@code .bpmn} as people see it: nodes and lines. It may be half drawn or not ours at all, so
 * whatever is asked of it has an answer, if an empty one.
 */
public final class Drawing {

  private static final Set<String> NOT_NODES =
      Set.of(
          "sequenceFlow",
          "laneSet",
          "extensionElements",
          "documentation",
          "incoming",
          "outgoing",
          "textAnnotation",
          "association",
          "group",
          "ioSpecification",
          "property",
          "dataObject",
          "dataObjectReference",
          "dataStoreReference",
          "dataInputAssociation",
          "dataOutputAssociation",
          "multiInstanceLoopCharacteristics",
          "standardLoopCharacteristics",
          "auditing",
          "monitoring",
          "resourceRole",
          "performer",
          "potentialOwner",
          "humanPerformer");

  private final String file;
  private final Element process;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Flow> flows = new LinkedHashMap<>();
  private final Map<String, String> messages = new HashMap<>();
  private final Map<String, List<Flow>> from;
  private final Map<String, List<Flow>> to;
  private final Map<String, List<Node>> boundaries;

  private Drawing(String file, Element definitions, Element process) {
    this.file = file;
    this.process = process;
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "message")
        .forEach(message -> messages.put(message.getAttribute("id"), message.getAttribute("name")));
    collect(process);
    this.from = flows.values().stream().collect(Collectors.groupingBy(Flow::source));
    this.to = flows.values().stream().collect(Collectors.groupingBy(Flow::target));
    this.boundaries =
        nodes("boundaryEvent").stream()
            .collect(Collectors.groupingBy(event -> event.element().getAttribute("attachedToRef")));
  }

  /** Reads a drawing; empty when it is no XML or draws no single process. */
  public static Optional<Drawing> read(String file, byte[] bytes) {
    Element definitions;
    try {
      definitions = SafeXml.parse(bytes).getDocumentElement();
    } catch (SAXException unreadable) {
      return Optional.empty();
    }
    List<Element> processes = Dom.descendants(definitions, BpmnVocabulary.BPMN, "process");
    return processes.size() == 1
        ? Optional.of(new Drawing(file, definitions, processes.get(0)))
        : Optional.empty();
  }

  private void collect(Element scope) {
    for (Element child : Dom.children(scope)) {
      if (!BpmnVocabulary.BPMN.equals(child.getNamespaceURI())
          || child.getAttribute("id").isEmpty()) {
        continue;
      }
      if (child.getLocalName().equals("sequenceFlow")) {
        flows.put(child.getAttribute("id"), Flow.of(child));
      } else if (!isPart(child)) {
        nodes.put(child.getAttribute("id"), Node.of(child));
        if (child.getLocalName().equals("subProcess")) {
          collect(child);
        }
      }
    }
  }

  private static boolean isPart(Element child) {
    String name = child.getLocalName();
    return NOT_NODES.contains(name) || name.endsWith("EventDefinition");
  }

  public String file() {
    return file;
  }

  /** Id of the process. */
  public String key() {
    return process.getAttribute("id");
  }

  /** What the journey as a whole is set to, by name. */
  public Map<String, String> settings() {
    return Dom.settings(process);
  }

  public String setting(String name) {
    return settings().getOrDefault(name, "").strip();
  }

  public Collection<Node> nodes() {
    return nodes.values();
  }

  public List<Node> nodes(String... kinds) {
    return nodes.values().stream().filter(node -> node.is(kinds)).toList();
  }

  public List<Node> steps(String... steps) {
    return nodes.values().stream().filter(node -> Set.of(steps).contains(node.step())).toList();
  }

  public Collection<Flow> flows() {
    return flows.values();
  }

  public @Nullable Node node(String id) {
    return nodes.get(id);
  }

  public List<Flow> from(Node node) {
    return from.getOrDefault(node.id(), List.of());
  }

  public List<Flow> to(Node node) {
    return to.getOrDefault(node.id(), List.of());
  }

  public List<Node> boundaries(Node node) {
    return boundaries.getOrDefault(node.id(), List.of());
  }

  public List<Node> inside(Node subProcess) {
    return nodes.values().stream().filter(node -> node.scope().equals(subProcess.id())).toList();
  }

  /** Type of the event a node waits for; empty when it waits for none. */
  public String awaits(Node node) {
    String direct = node.element().getAttribute("messageRef");
    if (node.is("receiveTask") && !direct.isEmpty()) {
      return messages.getOrDefault(direct, "").strip();
    }
    return Dom.children(node.element()).stream()
        .filter(child -> child.getLocalName().equals("messageEventDefinition"))
        .map(child -> messages.getOrDefault(child.getAttribute("messageRef"), "").strip())
        .findFirst()
        .orElse("");
  }

  /** Whether the node starts the journey or answers an event beside it. */
  public boolean begins(Node node) {
    Node around = nodes.get(node.scope());
    return node.is("startEvent") && (around == null || around.eventSubProcess());
  }

  /** Where whoever leaves a node can be next: along lines, events on it, into and out of rooms. */
  public Stream<Node> next(Node node) {
    Stream<Node> along = from(node).stream().flatMap(flow -> stream(flow.target()));
    Stream<Node> beside = boundaries(node).stream();
    Stream<Node> in =
        node.is("subProcess") && !node.eventSubProcess()
            ? inside(node).stream().filter(inner -> inner.is("startEvent"))
            : Stream.empty();
    Stream<Node> out =
        node.is("endEvent")
            ? stream(node.scope()).filter(around -> !around.eventSubProcess()).flatMap(this::after)
            : Stream.empty();
    return Stream.of(along, beside, in, out).flatMap(stream -> stream);
  }

  private Stream<Node> after(Node subProcess) {
    return from(subProcess).stream().flatMap(flow -> stream(flow.target()));
  }

  private Stream<Node> stream(String id) {
    return Stream.ofNullable(nodes.get(id));
  }

  /** Everything that can be reached from some nodes, themselves included, not passing some. */
  public Set<Node> reachable(Collection<Node> start, Predicate<Node> stopAt) {
    Set<Node> seen = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (seen.add(node) && !stopAt.test(node)) {
        next(node).forEach(open::add);
      }
    }
    return seen;
  }
}
