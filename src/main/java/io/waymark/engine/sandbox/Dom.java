package io.waymark.engine.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Ways through a parsed drawing. */
public final class Dom {

  private Dom() {}

  /** The elements directly inside. */
  public static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  /** The elements of this name anywhere inside; the namespace {@code *} is any. */
  public static List<Element> descendants(Element element, String namespace, String name) {
    NodeList found = element.getElementsByTagNameNS(namespace, name);
    List<Element> descendants = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      descendants.add((Element) found.item(i));
    }
    return descendants;
  }

  /** Whether the element around is of this name. */
  public static boolean parentIs(Element element, String namespace, String name) {
    return element.getParentNode() instanceof Element parent
        && namespace.equals(parent.getNamespaceURI())
        && name.equals(parent.getLocalName());
  }

  /** Text directly inside the element, without that of its children. */
  public static String ownText(Element element) {
    StringBuilder text = new StringBuilder();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
        text.append(node.getNodeValue());
      }
    }
    return text.toString();
  }

  /** The extension properties of an element, by name. */
  public static Map<String, String> settings(Element element) {
    Map<String, String> settings = new HashMap<>();
    for (Element extension : children(element)) {
      if (extension.getLocalName().equals("extensionElements")) {
        for (Element property : descendants(extension, BpmnVocabulary.CAMUNDA, "property")) {
          settings.put(property.getAttribute("name"), property.getAttribute("value"));
        }
      }
    }
    return settings;
  }

  /**
   * Id of the element or of the nearest one around it that has one and is drawn: an extension is
   * seen on no canvas. Otherwise its tag.
   */
  public static String nearestId(Element element) {
    Node node = element;
    while (node instanceof Element around) {
      boolean drawn = !BpmnVocabulary.CAMUNDA.equals(around.getNamespaceURI());
      if (drawn && !around.getAttribute("id").isBlank()) {
        return around.getAttribute("id");
      }
      node = node.getParentNode();
    }
    return element.getTagName();
  }
}
