package io.waymark.engine.check.rule;

import io.waymark.engine.sandbox.BpmnVocabulary;
import io.waymark.engine.sandbox.Dom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * Something a customer can stand on or pass.
 *
 * @param kind its tag in the drawing, such as {@code serviceTask}
 * @param name what people read; empty when it has none
 * @param scope id of the sub-process it lies in; empty when in none
 * @param settings what its element template asked for, by name
 */
public record Node(
    String id,
    String kind,
    String name,
    String scope,
    Map<String, String> settings,
    Element element) {

  private static final Pattern STEP = Pattern.compile("\\$\\{\\s*(\\w+)\\s*}");

  public static Node of(Element element) {
    Element around = (Element) element.getParentNode();
    return new Node(
        element.getAttribute("id"),
        element.getLocalName(),
        element.getAttribute("name").strip(),
        around.getLocalName().equals("subProcess") ? around.getAttribute("id") : "",
        Dom.settings(element),
        element);
  }

  public boolean is(String... kinds) {
    return Set.of(kinds).contains(kind);
  }

  /** Name of the step a service task is; empty for anything else. */
  public String step() {
    Matcher step = STEP.matcher(camunda("delegateExpression"));
    return kind.equals("serviceTask") && step.matches() ? step.group(1) : "";
  }

  public boolean step(String name) {
    return step().equals(name);
  }

  /** A setting without surrounding blanks; empty when it is not filled in. */
  public String setting(String name) {
    return settings.getOrDefault(name, "").strip();
  }

  /** The parts of a setting that is a list. */
  public List<String> settings(String name) {
    return Stream.of(setting(name).split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  public String camunda(String attribute) {
    return element.getAttributeNS(BpmnVocabulary.CAMUNDA, attribute).strip();
  }

  public boolean eventSubProcess() {
    return kind.equals("subProcess") && element.getAttribute("triggeredByEvent").equals("true");
  }

  /** Whether the activity it sits on goes on beside it. */
  public boolean besides() {
    return kind.equals("boundaryEvent") && element.getAttribute("cancelActivity").equals("false");
  }

  /** Whether an event of this kind is drawn in it, such as {@code timerEventDefinition}. */
  public boolean has(String definition) {
    return Dom.children(element).stream()
        .anyMatch(child -> child.getLocalName().equals(definition));
  }

  /** What the timer drawn in it says; empty when there is none. */
  public String timer() {
    return Stream.of("timeDuration", "timeDate")
        .flatMap(name -> Dom.descendants(element, BpmnVocabulary.BPMN, name).stream())
        .filter(text -> text.getParentNode().getParentNode() == element)
        .map(text -> text.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  /** What it is called before people. */
  public String called() {
    return "“" + (name.isEmpty() ? id : name) + "”";
  }

  /** Whether whoever comes here stays until something happens. */
  public boolean waits() {
    return is("userTask", "receiveTask", "eventBasedGateway", "intermediateCatchEvent");
  }
}
