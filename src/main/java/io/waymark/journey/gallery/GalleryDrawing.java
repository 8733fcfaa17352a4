package io.waymark.journey.gallery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the shelf reads in a drawing: its name, settings and what it refers to. */
final class GalleryDrawing {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

  private static final Set<String> TEXTS = Set.of("template", "talkTrack", "materials");

  private final Element definitions;

  GalleryDrawing(String xml) {
    definitions = parse(xml);
  }

  /** What a person is drawing; empty when it is not, or not yet, a drawing with a process. */
  static Optional<GalleryDrawing> readable(String xml) {
    try {
      GalleryDrawing drawing = new GalleryDrawing(xml);
      drawing.process();
      return Optional.of(drawing);
    } catch (IllegalStateException unreadable) {
      return Optional.empty();
    }
  }

  String key() {
    return process().getAttribute("id");
  }

  String name() {
    return process().getAttribute("name");
  }

  String documentation() {
    return child(process(), "documentation").getTextContent().strip();
  }

  /** The extension properties of the process itself. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Element property : all(child(process(), "extensionElements"), CAMUNDA, "property")) {
      settings.put(property.getAttribute("name"), property.getAttribute("value"));
    }
    return settings;
  }

  /** Codes of the texts it sends, has advisors say or asks the gate about, as drawn. */
  List<String> templates() {
    Set<String> codes = new LinkedHashSet<>();
    for (Element property : all(definitions, CAMUNDA, "property")) {
      if (TEXTS.contains(property.getAttribute("name"))) {
        Stream.of(property.getAttribute("value").split(","))
            .filter(code -> !code.isBlank())
            .forEach(codes::add);
      }
    }
    return List.copyOf(codes);
  }

  /** Names of the tables and forms that lie beside it. */
  Set<String> beside() {
    Set<String> names = new LinkedHashSet<>();
    all(definitions, BPMN, "userTask")
        .forEach(task -> names.add(task.getAttributeNS(CAMUNDA, "formRef") + ".form"));
    all(definitions, BPMN, "businessRuleTask")
        .forEach(rule -> names.add(rule.getAttributeNS(CAMUNDA, "decisionRef") + ".dmn"));
    return names;
  }

  private Element process() {
    return child(definitions, "process");
  }

  private static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element
          && BPMN.equals(element.getNamespaceURI())
          && name.equals(element.getLocalName())) {
        return element;
      }
    }
    throw new IllegalStateException("a drawing on the shelf has no " + name);
  }

  private static List<Element> all(Element root, String namespace, String name) {
    NodeList found = root.getElementsByTagNameNS(namespace, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException unreadable) {
      throw new IllegalStateException("a drawing on the shelf is no XML", unreadable);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
