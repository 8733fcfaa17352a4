package io.waymark.engine.run;

import io.waymark.compliance.watch.JourneyText;
import io.waymark.compliance.watch.JourneyTexts;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.stereotype.Component;

/** The words in the drawings of live journeys: what advisors and reviewers read. */
@Component
class LiveDrawings implements JourneyTexts {

  private final RepositoryService repository;
  private final JourneyVersions versions;

  LiveDrawings(RepositoryService repository, JourneyVersions versions) {
    this.repository = repository;
    this.versions = versions;
  }

  @Override
  public List<JourneyText> live() {
    return versions.allLive().stream().map(this::text).toList();
  }

  private JourneyText text(JourneyVersion version) {
    BpmnModelInstance drawing = repository.getBpmnModelInstance(version.definitionId());
    List<String> texts = new ArrayList<>();
    texts.add(version.name());
    Stream.concat(
            drawing.getModelElementsByType(FlowElement.class).stream().map(FlowElement::getName),
            drawing.getModelElementsByType(BaseElement.class).stream()
                .flatMap(element -> element.getDocumentations().stream())
                .map(Documentation::getTextContent))
        .filter(text -> text != null && !text.isBlank())
        .forEach(texts::add);
    return new JourneyText(version.id(), version.key(), version.version(), version.hash(), texts);
  }

  @Override
  public void pause(JourneyText journey, String actor) {
    versions.pause(journey.id(), actor);
  }
}
