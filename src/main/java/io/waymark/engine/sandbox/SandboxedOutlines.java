package io.waymark.engine.sandbox;

import static io.waymark.engine.sandbox.BpmnVocabulary.BPMN;
import static io.waymark.engine.sandbox.BpmnVocabulary.CAMUNDA;

import io.waymark.journey.DrawnOutline;
import io.waymark.journey.DrawnOutline.Ending;
import io.waymark.journey.DrawnOutlines;
import io.waymark.journey.JourneyVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads outlines with the sandbox's parser: the file may come from anywhere. */
@Component
class SandboxedOutlines implements DrawnOutlines {

  private static final DrawnOutline NOTHING =
      new DrawnOutline(Map.of(), List.of(), List.of(), Set.of());

  private final ObjectProvider<RepositoryService> repository;

  SandboxedOutlines(ObjectProvider<RepositoryService> repository) {
    this.repository = repository;
  }

  @Override
  public DrawnOutline of(JourneyVersion version) {
    try (InputStream drawing = repository.getObject().getProcessModel(version.definitionId())) {
      return read(drawing.readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public DrawnOutline read(byte[] bpmn) {
    try {
      return outline(SafeXml.parse(bpmn));
    } catch (SAXException unreadable) {
      return NOTHING;
    }
  }

  private static DrawnOutline outline(Document drawing) {
    Element root = drawing.getDocumentElement();
    Map<String, String> messages = new HashMap<>();
    Dom.descendants(root, BPMN, "message")
        .forEach(one -> messages.put(one.getAttribute("id"), one.getAttribute("name")));
    List<Ending> goals = new ArrayList<>();
    List<Ending> exits = new ArrayList<>();
    for (Element process : Dom.descendants(root, BPMN, "process")) {
      for (Element part : Dom.children(process)) {
        if ("true".equals(part.getAttribute("triggeredByEvent"))) {
          String event = event(part, messages);
          endings(part, "${reachGoal}", "goal", event, goals);
          endings(part, "${leaveJourney}", "reason", event, exits);
        }
      }
    }
    return new DrawnOutline(
        Dom.descendants(root, BPMN, "process").stream()
            .findFirst()
            .map(Dom::settings)
            .orElse(Map.of()),
        goals,
        exits,
        Dom.descendants(root, BPMN, "serviceTask").stream()
            .filter(
                task -> "${sendMessage}".equals(task.getAttributeNS(CAMUNDA, "delegateExpression")))
            .flatMap(task -> Stream.ofNullable(Dom.settings(task).get("template")))
            .collect(Collectors.toSet()));
  }

  private static String event(Element subProcess, Map<String, String> messages) {
    return Dom.descendants(subProcess, BPMN, "messageEventDefinition").stream()
        .filter(one -> Dom.parentIs(one, BPMN, "startEvent"))
        .map(one -> messages.getOrDefault(one.getAttribute("messageRef"), ""))
        .findFirst()
        .orElse("");
  }

  private static void endings(
      Element subProcess, String step, String property, String event, List<Ending> found) {
    Dom.descendants(subProcess, BPMN, "serviceTask").stream()
        .filter(task -> step.equals(task.getAttributeNS(CAMUNDA, "delegateExpression")))
        .map(task -> new Ending(event, Dom.settings(task).getOrDefault(property, "")))
        .forEach(found::add);
  }
}
