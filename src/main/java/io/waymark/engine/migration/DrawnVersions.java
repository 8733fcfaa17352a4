package io.waymark.engine.migration;

import io.waymark.engine.run.EngineCommands;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.springframework.stereotype.Component;

/** The drawings of versions, read once: a version's drawing never changes. */
@Component
class DrawnVersions {

  private final RepositoryService repository;
  private final EngineCommands commands;
  private final JourneyVersions versions;
  private final Map<Long, Drawn> drawn = new ConcurrentHashMap<>();

  DrawnVersions(RepositoryService repository, EngineCommands commands, JourneyVersions versions) {
    this.repository = repository;
    this.commands = commands;
    this.versions = versions;
  }

  Drawn of(JourneyVersion version) {
    return drawn.computeIfAbsent(version.id(), id -> new Drawn(model(version.definitionId())));
  }

  Drawn of(long versionId) {
    Drawn known = drawn.get(versionId);
    return known != null ? known : of(versions.find(versionId).orElseThrow());
  }

  private BpmnModelInstance model(String definitionId) {
    AtomicReference<BpmnModelInstance> model = new AtomicReference<>();
    commands.unhindered(() -> model.set(repository.getBpmnModelInstance(definitionId)));
    return model.get();
  }
}
