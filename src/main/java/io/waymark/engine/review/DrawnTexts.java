package io.waymark.engine.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.engine.run.EngineCommands;
import io.waymark.journey.JourneyVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Resource;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The words a journey puts before people: names, notes, and the scripts of advisors' forms. */
@Component
class DrawnTexts {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SPOKEN = Set.of("text", "label", "description");

  // Asked for only when a text is read: the engine's own listeners lead here, and the engine is
  // not built yet when they are.
  private final ObjectProvider<RepositoryService> engine;
  private final ObjectProvider<EngineCommands> commands;

  DrawnTexts(ObjectProvider<RepositoryService> engine, ObjectProvider<EngineCommands> commands) {
    this.engine = engine;
    this.commands = commands;
  }

  List<String> of(JourneyVersion version) {
    List<String> texts = new ArrayList<>();
    texts.add(version.name());
    RepositoryService repository = engine.getObject();
    commands
        .getObject()
        .unhindered(
            () -> {
              drawing(repository.getBpmnModelInstance(version.definitionId()), texts);
              for (Resource file : repository.getDeploymentResources(version.deploymentId())) {
                if (file.getName().endsWith(".form")) {
                  form(repository, version.deploymentId(), file, texts);
                }
              }
            });
    return texts;
  }

  private static void drawing(BpmnModelInstance model, List<String> texts) {
    model.getModelElementsByType(FlowElement.class).stream()
        .map(FlowElement::getName)
        .filter(name -> name != null && !name.isBlank())
        .forEach(texts::add);
    model.getModelElementsByType(Documentation.class).stream()
        .map(Documentation::getTextContent)
        .forEach(texts::add);
  }

  private static void form(
      RepositoryService repository, String deployment, Resource file, List<String> texts) {
    try (InputStream content = repository.getResourceAsStreamById(deployment, file.getId())) {
      spoken(JSON.readTree(content), texts);
    } catch (IOException e) {
      throw new UncheckedIOException(file.getName(), e);
    }
  }

  private static void spoken(JsonNode node, List<String> texts) {
    node.properties()
        .forEach(
            field -> {
              if (SPOKEN.contains(field.getKey()) && field.getValue().isTextual()) {
                texts.add(field.getValue().asText());
              }
            });
    node.forEach(child -> spoken(child, texts));
  }
}
