package io.waymark.engine.watch;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.stereotype.Component;

/** What the drawing of a version calls its nodes; a version never changes. */
@Component
public class NodeNames {

  private final JourneyVersions versions;
  private final RepositoryService repository;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  NodeNames(JourneyVersions versions, RepositoryService repository) {
    this.versions = versions;
    this.repository = repository;
  }

  /** The node's name; its id when the drawing has no name for it, or is not there. */
  public String of(String journeyKey, int version, String node) {
    return known.computeIfAbsent(
        journeyKey + ":" + version + ":" + node, unknown -> read(journeyKey, version, node));
  }

  private String read(String journeyKey, int version, String node) {
    return versions.of(journeyKey).stream()
        .filter(one -> one.version() == version)
        .findFirst()
        .map(JourneyVersion::definitionId)
        .map(definition -> new Drawing(repository.getBpmnModelInstance(definition)).name(node))
        .orElse(node);
  }
}
