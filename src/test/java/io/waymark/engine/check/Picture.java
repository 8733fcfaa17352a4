package io.waymark.engine.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A drawing written in lines, one element each; a name equals the id unless {@code name=} says
 * otherwise.
 *
 * <pre>
 * start Start | end End | gw Gw default=f2 | events Ev | sub Sub | event-sub Goal
 * step Send sendMessage template=t1     task Call outcomes=yes,no     table Ask way asked
 * message Wait account.funded           timer Later P3D               starts On complaint.filed
 * boundary Late Call timer PT4H         beside Late Call timer PT4H   boundary No Send error
 * flow f1 A B ${x == 'y'} name=yes      in Sub ... out
 * </pre>
 */
final class Picture {

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, byte[]> beside = new LinkedHashMap<>();
  private final List<String> body = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private int unnamed;

  static Picture of(String... lines) {
    Picture picture = new Picture();
    picture.set("entryEvent", "account.opened").set("purpose", "service").set("reentryDays", "90");
    return picture.plus(lines);
  }

  Picture plus(String... lines) {
    for (String line : lines) {
      draw(line.strip());
    }
    return this;
  }

  /** The same with one line of it drawn otherwise. */
  Picture replacing(String line, String instead) {
    int before = body.size();
    draw(line);
    String drawn = body.remove(before);
    body.remove(drawn);
    draw(instead);
    return this;
  }

  Picture set(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  /** A table answering by one input, and what it answers. */
  Picture table(String id, String input, String hitPolicy, String... rows) {
    String rules = "";
    for (String row : rows) {
      String[] parts = row.split("->");
      rules +=
          "<rule id=\"%s_%d\"><inputEntry id=\"%s_i%d\"><text>%s</text></inputEntry><outputEntry id=\"%s_o%d\"><text>\"%s\"</text></outputEntry></rule>"
              .formatted(id, ++unnamed, id, unnamed, parts[0], id, unnamed, parts[1]);
    }
    return with(
        id + ".dmn",
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d_%s" name="d" namespace="n">
          <decision id="%s" name="r"><decisionTable id="t_%s" hitPolicy="%s">
            <input id="i_%s"><inputExpression id="e_%s" typeRef="string"><text>%s</text></inputExpression></input>
            <output id="o_%s" name="way" typeRef="string"/>%s
          </decisionTable></decision>
        </definitions>
        """
            .formatted(id, id, id, hitPolicy, id, id, input, id, rules));
  }

  Picture form(String id, String... outcomes) {
    String values =
        List.of(outcomes).stream()
            .map(outcome -> "{\"label\":\"选\",\"value\":\"%s\"}".formatted(outcome))
            .collect(Collectors.joining(","));
    return with(
        id + ".form",
        "{\"id\":\"%s\",\"components\":[{\"type\":\"radio\",\"key\":\"outcome\",\"values\":[%s]}]}"
            .formatted(id, values));
  }

  Picture with(String file, String content) {
    beside.put(file, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private void draw(String line) {
    String[] word = line.split(" ");
    switch (word[0]) {
      case "start" -> element("startEvent", word[1], line, "", "");
      case "end" -> element("endEvent", word[1], line, "", "");
      case "terminate" ->
          element("endEvent", word[1], line, "", "<bpmn:terminateEventDefinition/>");
      case "gw" ->
          element("exclusiveGateway", word[1], line, attribute("default", line, "default"), "");
      case "events" -> element("eventBasedGateway", word[1], line, "", "");
      case "step" ->
          element(
              "serviceTask",
              word[1],
              line,
              "camunda:delegateExpression=\"${" + word[2] + "}\"",
              properties(line, 3));
      case "task" ->
          element(
              "userTask",
              word[1],
              line,
              "camunda:asyncAfter=\"true\"" + attribute("camunda:formRef", line, "form"),
              properties(line, 2));
      case "table" ->
          element(
              "businessRuleTask",
              word[1],
              line,
              "camunda:decisionRef=\"%s\" camunda:decisionRefBinding=\"deployment\" camunda:resultVariable=\"%s\" camunda:mapDecisionResult=\"singleEntry\""
                  .formatted(word[2], word[3]),
              "");
      case "message" -> element("intermediateCatchEvent", word[1], line, "", message(word[2]));
      case "timer" -> element("intermediateCatchEvent", word[1], line, "", timer(word[2]));
      case "starts" -> element("startEvent", word[1], line, "", message(word[2]));
      case "boundary", "beside" ->
          element(
              "boundaryEvent",
              word[1],
              line,
              "attachedToRef=\"%s\"".formatted(word[2])
                  + (word[0].equals("beside") ? " cancelActivity=\"false\"" : ""),
              word[3].equals("error")
                  ? "<bpmn:errorEventDefinition errorRef=\"E\"/>"
                  : word[3].equals("message") ? message(word[4]) : timer(word[4]));
      case "flow" -> flow(word[1], word[2], word[3], line);
      case "in" -> body.add(room(word[1], line, ""));
      case "event-in" -> body.add(room(word[1], line, " triggeredByEvent=\"true\""));
      case "out" -> body.add("</bpmn:subProcess>");
      case "raw" -> body.add(line.substring(4));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static String room(String id, String line, String attributes) {
    return "<bpmn:subProcess id=\"%s\" name=\"%s\"%s>".formatted(id, name(id, line), attributes);
  }

  private void flow(String id, String from, String to, String line) {
    int condition = line.indexOf("${");
    body.add(
        "<bpmn:sequenceFlow id=\"%s\" name=\"%s\" sourceRef=\"%s\" targetRef=\"%s\">%s</bpmn:sequenceFlow>"
            .formatted(
                id,
                name(id, line),
                from,
                to,
                condition < 0
                    ? ""
                    : "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">%s</bpmn:conditionExpression>"
                        .formatted(line.substring(condition, line.indexOf('}', condition) + 1))));
  }

  private void element(String kind, String id, String line, String attributes, String inside) {
    body.add(
        "<bpmn:%s id=\"%s\" name=\"%s\" %s>%s</bpmn:%s>"
            .formatted(kind, id, name(id, line), attributes, inside, kind));
  }

  /** {@code name=} with nothing behind it leaves the element without a name. */
  private static String name(String id, String line) {
    for (String word : line.split(" ")) {
      if (word.startsWith("name=")) {
        return word.substring("name=".length());
      }
    }
    return id;
  }

  private static String attribute(String attribute, String line, String key) {
    for (String word : line.split(" ")) {
      if (word.startsWith(key + "=")) {
        return " %s=\"%s\"".formatted(attribute, word.substring(key.length() + 1));
      }
    }
    return "";
  }

  private static String properties(String line, int from) {
    String properties = "";
    String[] words = line.split(" ");
    for (int i = from; i < words.length; i++) {
      String[] one = words[i].split("=", 2);
      if (!one[0].equals("name") && !one[0].equals("form")) {
        properties += "<camunda:property name=\"%s\" value=\"%s\"/>".formatted(one[0], one[1]);
      }
    }
    return properties.isEmpty()
        ? ""
        : "<bpmn:extensionElements><camunda:properties>%s</camunda:properties></bpmn:extensionElements>"
            .formatted(properties);
  }

  private String message(String event) {
    if (!messages.contains(event)) {
      messages.add(event);
    }
    return "<bpmn:messageEventDefinition messageRef=\"M%d\"/>".formatted(messages.indexOf(event));
  }

  private static String timer(String text) {
    String kind = text.startsWith("P") ? "timeDuration" : "timeDate";
    return "<bpmn:timerEventDefinition><bpmn:%s xsi:type=\"bpmn:tFormalExpression\">%s</bpmn:%s></bpmn:timerEventDefinition>"
        .formatted(kind, text, kind);
  }

  String xml() {
    String declared = "";
    for (String event : messages) {
      declared +=
          "<bpmn:message id=\"M%d\" name=\"%s\"/>".formatted(messages.indexOf(event), event);
    }
    String set =
        settings.entrySet().stream()
            .map(
                one ->
                    "<camunda:property name=\"%s\" value=\"%s\"/>"
                        .formatted(one.getKey(), one.getValue()))
            .collect(Collectors.joining());
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
      <bpmn:process id="trial" name="试画" isExecutable="true" camunda:historyTimeToLive="P30D">
      <bpmn:extensionElements><camunda:properties>%s</camunda:properties></bpmn:extensionElements>
      %s
      </bpmn:process>
      <bpmn:error id="E" errorCode="withheld"/>%s
    </bpmn:definitions>
    """
        .formatted(set, String.join("\n", body), declared);
  }

  Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>(beside);
    files.put("trial.bpmn", xml().getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
