package io.waymark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * One file of {@code processes/} or of the shelf {@code processes/gallery/}, read as plain XML:
 * what a person draws, not what an engine runs.
 */
final class JourneyDrawing {

  static final Path FOLDER = Path.of("processes");
  static final Path SHELF = FOLDER.resolve("gallery");

  private static final String REVIEW = "content-review";
  static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final String BPMN_DI = "http://www.omg.org/spec/BPMN/20100524/DI";
  private static final String DC = "http://www.omg.org/spec/DD/20100524/DC";
  private static final String DI = "http://www.omg.org/spec/DD/20100524/DI";

  private static final Set<String> NODES =
      Set.of(
          "startEvent",
          "endEvent",
          "serviceTask",
          "userTask",
          "businessRuleTask",
          "receiveTask",
          "exclusiveGateway",
          "eventBasedGateway",
          "intermediateCatchEvent",
          "boundaryEvent",
          "subProcess");

  private final Path file;
  private final Element definitions;
  private final Map<String, Element> byId = new HashMap<>();

  private JourneyDrawing(Path file) {
    this.file = file;
    this.definitions = parse(file);
    elements(definitions, element -> element.hasAttribute("id"))
        .forEach(
            element -> {
              Element same = byId.put(element.getAttribute("id"), element);
              assertThat(same).as("a second %s", element.getAttribute("id")).isNull();
            });
  }

  /** Every journey that ships: those deployed at the start and those on the shelf. */
  static Stream<JourneyDrawing> all() {
    return drawn().filter(drawing -> !drawing.key().equals(REVIEW));
  }

  /** The journeys that are deployed at the start. */
  static Stream<JourneyDrawing> deployed() {
    return all().filter(drawing -> drawing.file.getParent().equals(FOLDER));
  }

  /** The journeys on the shelf. */
  static Stream<JourneyDrawing> shelved() {
    return all().filter(drawing -> drawing.file.getParent().equals(SHELF));
  }

  /** Journeys and the review they go through themselves. */
  static Stream<JourneyDrawing> drawn() {
    return Stream.of(FOLDER, SHELF)
        .flatMap(folder -> files(folder, ".bpmn"))
        .map(JourneyDrawing::new);
  }

  private static Stream<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Element parse(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException unreadable) {
      throw new IllegalStateException(file + " is no XML", unreadable);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A table or form that lies beside the drawing. */
  Path beside(String name) {
    return file.resolveSibling(name);
  }

  String key() {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".bpmn".length());
  }

  Element process() {
    return descendants(definitions, BPMN, "process").get(0);
  }

  /** Everything a customer can stand on or pass, sub-processes and boundary events included. */
  List<Element> nodes() {
    return elements(process(), node -> isBpmn(node) && NODES.contains(node.getLocalName()));
  }

  List<Element> nodes(String kind) {
    return descendants(process(), BPMN, kind);
  }

  List<Element> steps(String delegate) {
    return nodes("serviceTask").stream()
        .filter(task -> camunda(task, "delegateExpression").equals("${" + delegate + "}"))
        .toList();
  }

  List<Element> flows() {
    return descendants(process(), BPMN, "sequenceFlow");
  }

  List<Element> flowsFrom(String node) {
    return flows().stream().filter(flow -> flow.getAttribute("sourceRef").equals(node)).toList();
  }

  List<Element> flowsTo(String node) {
    return flows().stream().filter(flow -> flow.getAttribute("targetRef").equals(node)).toList();
  }

  List<Element> boundariesOf(String node) {
    return nodes("boundaryEvent").stream()
        .filter(event -> event.getAttribute("attachedToRef").equals(node))
        .toList();
  }

  Element byId(String id) {
    return Objects.requireNonNull(byId.get(id), () -> key() + " has no element " + id);
  }

  /** Whether the process, or something in it, has this id; shapes and messages do not count. */
  boolean has(String id) {
    Element element = byId.get(id);
    return element != null
        && (element == process() || nodes().contains(element) || flows().contains(element));
  }

  /** The event type a message event waits for, or an empty text. */
  String awaits(Element event) {
    return descendants(event, BPMN, "messageEventDefinition").stream()
        .filter(definition -> definition.getParentNode() == event)
        .map(definition -> byId(definition.getAttribute("messageRef")).getAttribute("name"))
        .findFirst()
        .orElse("");
  }

  /** The settings an element template writes, by name. */
  static Map<String, String> settings(Element element) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Element extensions : children(element, BPMN, "extensionElements")) {
      descendants(extensions, CAMUNDA, "property")
          .forEach(
              property ->
                  settings.put(property.getAttribute("name"), property.getAttribute("value")));
    }
    return settings;
  }

  /** The condition of a flow without surrounding blanks, or an empty text. */
  static String condition(Element flow) {
    return children(flow, BPMN, "conditionExpression").stream()
        .map(condition -> condition.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  static String camunda(Element element, String attribute) {
    return element.getAttributeNS(CAMUNDA, attribute);
  }

  Map<String, Box> shapes() {
    Map<String, Box> shapes = new LinkedHashMap<>();
    for (Element shape : descendants(definitions, BPMN_DI, "BPMNShape")) {
      shapes.put(shape.getAttribute("bpmnElement"), Box.of(children(shape, DC, "Bounds").get(0)));
    }
    return shapes;
  }

  Map<String, List<Point>> edges() {
    Map<String, List<Point>> edges = new LinkedHashMap<>();
    for (Element edge : descendants(definitions, BPMN_DI, "BPMNEdge")) {
      edges.put(
          edge.getAttribute("bpmnElement"),
          children(edge, DI, "waypoint").stream().map(Point::of).toList());
    }
    return edges;
  }

  static List<Element> descendants(Element root, String namespace, String name) {
    return elements(
        root,
        element ->
            namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName()));
  }

  static List<Element> children(Element root, String namespace, String name) {
    return descendants(root, namespace, name).stream()
        .filter(element -> element.getParentNode() == root)
        .toList();
  }

  private static List<Element> elements(Element root, Predicate<Element> wanted) {
    List<Element> found = new ArrayList<>();
    for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        if (wanted.test(element)) {
          found.add(element);
        }
        found.addAll(elements(element, wanted));
      }
    }
    return found;
  }

  private static boolean isBpmn(Element element) {
    return BPMN.equals(element.getNamespaceURI());
  }

  @Override
  public String toString() {
    return key();
  }

  /** A point of the drawing, in its own units. */
  record Point(double x, double y) {

    static Point of(Element element) {
      return new Point(
          Double.parseDouble(element.getAttribute("x")),
          Double.parseDouble(element.getAttribute("y")));
    }
  }

  /** A rectangle of the drawing, in its own units. */
  record Box(double left, double top, double right, double bottom) {

    static Box of(Element bounds) {
      double x = Double.parseDouble(bounds.getAttribute("x"));
      double y = Double.parseDouble(bounds.getAttribute("y"));
      return new Box(
          x,
          y,
          x + Double.parseDouble(bounds.getAttribute("width")),
          y + Double.parseDouble(bounds.getAttribute("height")));
    }

    static Box around(Point a, Point b) {
      return new Box(
          Math.min(a.x(), b.x()),
          Math.min(a.y(), b.y()),
          Math.max(a.x(), b.x()),
          Math.max(a.y(), b.y()));
    }

    Box shrunk(double by) {
      return new Box(left + by, top + by, right - by, bottom - by);
    }

    boolean meets(Box other) {
      return left <= other.right
          && other.left <= right
          && top <= other.bottom
          && other.top <= bottom;
    }

    boolean contains(Box other) {
      return left <= other.left
          && other.right <= right
          && top <= other.top
          && other.bottom <= bottom;
    }

    boolean touches(Point point) {
      return left - 1 <= point.x()
          && point.x() <= right + 1
          && top - 1 <= point.y()
          && point.y() <= bottom + 1;
    }
  }
}
