package io.waymark.engine.check.rule;

import io.waymark.engine.sandbox.Dom;
import org.w3c.dom.Element;

/**
 * A line of the drawing.
 *
 * @param name what people read; empty when it has none
 * @param condition as drawn, without surrounding blanks; empty when there is none
 */
public record Flow(String id, String name, String source, String target, String condition) {

  public static Flow of(Element element) {
    return new Flow(
        element.getAttribute("id"),
        element.getAttribute("name").strip(),
        element.getAttribute("sourceRef"),
        element.getAttribute("targetRef"),
        Dom.children(element).stream()
            .filter(child -> child.getLocalName().equals("conditionExpression"))
            .map(child -> child.getTextContent().strip())
            .findFirst()
            .orElse(""));
  }

  public boolean conditional() {
    return !condition.isEmpty();
  }

  public String called() {
    return "“" + (name.isEmpty() ? id : name) + "”";
  }
}
