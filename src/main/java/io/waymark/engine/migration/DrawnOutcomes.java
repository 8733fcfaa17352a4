package io.waymark.engine.migration;

import io.waymark.engine.run.EngineCommands;
import io.waymark.engine.run.StepProperties;
import io.waymark.journey.JourneyVersion;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.springframework.stereotype.Component;

/** The answers an advisor may give to a task, as a version draws them. */
@Component
class DrawnOutcomes {

  private record Task(long versionId, String node) {}

  private final RepositoryService repository;
  private final EngineCommands commands;
  private final Map<Task, Set<String>> known = new ConcurrentHashMap<>();

  DrawnOutcomes(RepositoryService repository, EngineCommands commands) {
    this.repository = repository;
    this.commands = commands;
  }

  Set<String> of(JourneyVersion version, String node) {
    return known.computeIfAbsent(new Task(version.id(), node), task -> read(version, node));
  }

  private Set<String> read(JourneyVersion version, String node) {
    AtomicReference<ProcessDefinitionEntity> definition = new AtomicReference<>();
    commands.unhindered(
        () ->
            definition.set(
                (ProcessDefinitionEntity) repository.getProcessDefinition(version.definitionId())));
    String outcomes =
        StepProperties.of(definition.get().findActivity(node)).getOrDefault("outcomes", "");
    return Arrays.stream(outcomes.split(","))
        .map(String::strip)
        .filter(outcome -> !outcome.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
