package io.waymark.engine.watch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Nodes that hold other nodes: while a customer stands inside one, the engine names the inner node
 * only. Drawings never change, so each is read once.
 */
@Component
class Containers {

  private final RepositoryService repository;
  private final JdbcClient jdbc;
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();

  Containers(RepositoryService repository, JdbcClient jdbc) {
    this.repository = repository;
    this.jdbc = jdbc;
  }

  /** Every container of every version with customers inside. */
  void of(BiConsumer<String, String> definitionAndNode) {
    inhabited()
        .forEach(
            definition ->
                known
                    .computeIfAbsent(definition, this::read)
                    .forEach(node -> definitionAndNode.accept(definition, node)));
  }

  private List<String> inhabited() {
    return jdbc.sql(
            """
            select v.definition_id from journey_version v
             where exists (select from participation p
                            where p.journey_version_id = v.id and p.left_at is null)
            """)
        .query(String.class)
        .list();
  }

  private List<String> read(String definition) {
    return repository
        .getBpmnModelInstance(definition)
        .getModelElementsByType(SubProcess.class)
        .stream()
        .map(SubProcess::getId)
        .toList();
  }
}
