package io.waymark.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.util.BitMaskUtil;
import org.springframework.stereotype.Component;

/**
 * Brings many process instances into the engine's own cache by four statements, instead of a dozen
 * per instance while it goes on. The engine then finds everything of an instance in its cache; what
 * it would have read is the same, only read together. See {@code
 * docs/decisions/instance-loading.md}.
 */
@Component
public class InstanceLoading {

  /** Mapping file with the statements, added to the engine's own. */
  public static final String MAPPING = "engine/instance-loading.xml";

  private static final String NAMESPACE = "io.waymark.engine.run.InstanceLoading.";

  /** Must be called within a command of the engine, before any of the instances is touched. */
  public void load(Collection<String> processInstanceIds) {
    String ids = processInstanceIds.stream().distinct().collect(Collectors.joining(","));
    Map<String, List<ExecutionEntity>> executions =
        byInstance("executions", ids, ExecutionEntity::getProcessInstanceId);
    Map<String, List<EventSubscriptionEntity>> subscriptions =
        byInstance("subscriptions", ids, EventSubscriptionEntity::getProcessInstanceId);
    Map<String, List<JobEntity>> jobs = byInstance("jobs", ids, JobEntity::getProcessInstanceId);
    Map<String, List<VariableInstanceEntity>> variables =
        byInstance("variables", ids, VariableInstanceEntity::getProcessInstanceId);
    executions.forEach(
        (id, tree) -> {
          tree.forEach(InstanceLoading::startEmpty);
          ExecutionEntity instance =
              tree.stream()
                  .filter(ExecutionEntity::isProcessInstanceExecution)
                  .findFirst()
                  .orElseThrow();
          instance.restoreProcessInstance(
              tree,
              subscriptions.getOrDefault(id, List.of()),
              variables.getOrDefault(id, List.of()),
              null,
              jobs.getOrDefault(id, List.of()),
              null,
              null);
        });
  }

  /**
   * The engine keeps, per execution, bits that say which of its tables hold anything for it; a list
   * whose bit is off starts empty instead of being queried. With the bits of subscriptions and jobs
   * off, both lists start empty and are filled from what was read for all.
   */
  private static void startEmpty(ExecutionEntity execution) {
    int rest =
        BitMaskUtil.setBitOff(
            execution.getCachedEntityStateRaw(), ExecutionEntity.EVENT_SUBSCRIPTIONS_STATE_BIT);
    execution.setCachedEntityState(BitMaskUtil.setBitOff(rest, ExecutionEntity.JOBS_STATE_BIT));
  }

  private static <E> Map<String, List<E>> byInstance(
      String statement, String ids, Function<E, String> instance) {
    DbEntityManager entities = Context.getCommandContext().getDbEntityManager();
    Map<String, List<E>> found = new HashMap<>();
    for (Object row : entities.selectList(NAMESPACE + statement, (Object) ids)) {
      @SuppressWarnings("unchecked") // The statement maps to this type.
      E entity = (E) row;
      found.computeIfAbsent(instance.apply(entity), any -> new ArrayList<>()).add(entity);
    }
    return found;
  }
}
