package io.waymark.engine;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.testing.HeldReviews;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A small journey drawn for one test, deployed by its author and approved by somebody else. */
final class Sketch {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String key;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> body = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private int flows;

  private Sketch(String key) {
    this.key = key;
    settings.put("entryEvent", entry());
    settings.put("purpose", "service");
    settings.put("reentryDays", "0");
  }

  /** A journey nobody else draws, entered by the event {@link #entry}. */
  static Sketch of(String name) {
    return new Sketch(name + "-" + NUMBER.incrementAndGet());
  }

  /** An empty sheet for the next version of the same journey. */
  Sketch next() {
    return new Sketch(key);
  }

  String key() {
    return key;
  }

  String entry() {
    return "enter." + key.replace('-', '_');
  }

  Sketch set(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  Sketch enteredBy(String audience, String schedule) {
    settings.remove("entryEvent");
    return set("entryAudience", audience).set("entrySchedule", schedule);
  }

  /** Entered by the call of another system. */
  Sketch byApi() {
    settings.remove("entryEvent");
    return set("entryApi", "yes");
  }

  /** Elements joined one after the other, between a start and an end of their own. */
  Sketch way(String... nodes) {
    add("<bpmn:startEvent id=\"Start\"/>");
    String last = "Start";
    for (String node : nodes) {
      flow(last, node);
      last = node;
    }
    flow(last, "End");
    return add("<bpmn:endEvent id=\"End\"/>");
  }

  Sketch flow(String from, String to) {
    return add(
        "<bpmn:sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\"/>"
            .formatted(++flows, from, to));
  }

  Sketch flow(String from, String to, String condition) {
    return add(
        """
        <bpmn:sequenceFlow id="f%d" sourceRef="%s" targetRef="%s">
          <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">%s</bpmn:conditionExpression>
        </bpmn:sequenceFlow>
        """
            .formatted(++flows, from, to, condition));
  }

  Sketch gateway(String id, String otherwise) {
    add("<bpmn:exclusiveGateway id=\"%s\" default=\"d_%s\"/>".formatted(id, id));
    return add(
        "<bpmn:sequenceFlow id=\"d_%s\" sourceRef=\"%s\" targetRef=\"%s\"/>"
            .formatted(id, id, otherwise));
  }

  Sketch step(String id, String step, Map<String, String> settings) {
    add(
        """
        <bpmn:serviceTask id="%s" name="%s" camunda:delegateExpression="${%s}">%s</bpmn:serviceTask>
        """
            .formatted(id, id, step, properties(settings)));
    if (step.equals("sendMessage")) {
      add(
          """
          <bpmn:boundaryEvent id="Withheld_%s" attachedToRef="%s">
            <bpmn:errorEventDefinition errorRef="E"/>
          </bpmn:boundaryEvent>
          <bpmn:endEvent id="End_%s"/>
          """
              .formatted(id, id, id));
      flow("Withheld_" + id, "End_" + id);
    }
    return this;
  }

  Sketch awaits(String id, String event) {
    return add(catching(id, event));
  }

  /** An event that waits for this message, not yet added. */
  String catching(String id, String event) {
    return """
    <bpmn:intermediateCatchEvent id="%s">
      <bpmn:messageEventDefinition messageRef="%s"/>
    </bpmn:intermediateCatchEvent>
    """
        .formatted(id, message(event));
  }

  Sketch timer(String id, String expression) {
    String kind = expression.startsWith("P") ? "timeDuration" : "timeDate";
    return add(
        """
        <bpmn:intermediateCatchEvent id="%s"><bpmn:timerEventDefinition>
          <bpmn:%s xsi:type="bpmn:tFormalExpression">%s</bpmn:%s>
        </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
        """
            .formatted(id, kind, expression, kind));
  }

  /** A goal: whoever does this is at the end, wherever he stands. */
  Sketch goal(String event) {
    return add(
        """
        <bpmn:subProcess id="Sub_Goal" triggeredByEvent="true">
          <bpmn:startEvent id="Goal_Start" isInterrupting="true">
            <bpmn:messageEventDefinition messageRef="%s"/>
          </bpmn:startEvent>
          <bpmn:sequenceFlow id="g1" sourceRef="Goal_Start" targetRef="Goal"/>
          <bpmn:serviceTask id="Goal" camunda:delegateExpression="${reachGoal}">%s</bpmn:serviceTask>
          <bpmn:sequenceFlow id="g2" sourceRef="Goal" targetRef="Goal_End"/>
          <bpmn:endEvent id="Goal_End"/>
        </bpmn:subProcess>
        """
            .formatted(message(event), properties(Map.of("goal", "reached"))));
  }

  /** Whoever does the first is led aside, wherever he stands, and waits there for the second. */
  Sketch aside(String event, String wait, String then) {
    return add(
        """
        <bpmn:subProcess id="Sub_Aside" triggeredByEvent="true">
          <bpmn:startEvent id="Aside_Start" isInterrupting="true">
            <bpmn:messageEventDefinition messageRef="%s"/>
          </bpmn:startEvent>
          <bpmn:sequenceFlow id="a1" sourceRef="Aside_Start" targetRef="%s"/>
          %s
          <bpmn:sequenceFlow id="a2" sourceRef="%s" targetRef="Aside_End"/>
          <bpmn:endEvent id="Aside_End"/>
        </bpmn:subProcess>
        """
            .formatted(message(event), wait, catching(wait, then), wait));
  }

  Sketch task(String id, String... outcomes) {
    return add(
        """
        <bpmn:userTask id="%s" name="致电客户" camunda:asyncAfter="true">%s</bpmn:userTask>
        """
            .formatted(
                id,
                properties(
                    Map.of("outcomes", String.join(",", outcomes), "dueWorkingHours", "4"))));
  }

  /** Beside a task, without ending it. */
  Sketch reminder(String id, String task, String duration) {
    return add(
        """
        <bpmn:boundaryEvent id="%s" attachedToRef="%s" cancelActivity="false">
          <bpmn:timerEventDefinition>
            <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">%s</bpmn:timeDuration>
          </bpmn:timerEventDefinition>
        </bpmn:boundaryEvent>
        """
            .formatted(id, task, duration));
  }

  Sketch end(String id) {
    return add("<bpmn:endEvent id=\"%s\"/>".formatted(id));
  }

  Sketch add(String xml) {
    body.add(xml);
    return this;
  }

  private String message(String event) {
    if (!messages.contains(event)) {
      messages.add(event);
    }
    return "M" + messages.indexOf(event);
  }

  private static String properties(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(
            one ->
                "<camunda:property name=\"%s\" value=\"%s\"/>"
                    .formatted(one.getKey(), one.getValue()))
        .collect(
            Collectors.joining(
                "",
                "<bpmn:extensionElements><camunda:properties>",
                "</camunda:properties></bpmn:extensionElements>"));
  }

  String xml() {
    StringBuilder declared = new StringBuilder();
    for (String event : messages) {
      declared.append("<bpmn:message id=\"%s\" name=\"%s\"/>".formatted(message(event), event));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
      <bpmn:process id="%s" name="试画 %s" isExecutable="true" camunda:historyTimeToLive="P30D">
      %s%s
      </bpmn:process>
      <bpmn:error id="E" errorCode="withheld"/>%s
    </bpmn:definitions>
    """
        .formatted(key, key, properties(settings), String.join("", body), declared);
  }

  Map<String, byte[]> files() {
    return Map.of(key + ".bpmn", xml().getBytes(StandardCharsets.UTF_8));
  }

  /** A draft of {@code author}. */
  JourneyVersion deploy(JourneyDeployments deployments, JourneyVersions versions) {
    deployments.deploy(key, files(), "author", List.of("marketer"));
    return versions.of(key).get(0);
  }

  JourneyVersion publish(JourneyDeployments deployments, JourneyVersions versions) {
    JourneyVersion draft = deploy(deployments, versions);
    return HeldReviews.approve(versions, draft);
  }
}
