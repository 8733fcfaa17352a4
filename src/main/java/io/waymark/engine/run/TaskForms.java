package io.waymark.engine.run;

import io.waymark.advisor.form.TaskForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.form.CamundaFormRefImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.CamundaFormDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The forms that were deployed and approved together with a journey. */
@Component
class TaskForms {

  // A definition's form never changes; definitions are few.
  private final Map<String, TaskForm> known = new ConcurrentHashMap<>();

  /** The form of an open task; {@link TaskForm#NONE} when it has none. */
  TaskForm of(TaskEntity task, CommandContext context) {
    return known.computeIfAbsent(
        task.getProcessDefinitionId() + "/" + task.getTaskDefinitionKey(),
        key -> read(task, context));
  }

  private TaskForm read(TaskEntity task, CommandContext context) {
    String form = reference(task);
    String deployment =
        context
            .getProcessEngineConfiguration()
            .getDeploymentCache()
            .findDeployedProcessDefinitionById(task.getProcessDefinitionId())
            .getDeploymentId();
    if (form == null || deployment == null) {
      return TaskForm.NONE;
    }
    CamundaFormDefinitionEntity definition =
        context
            .getCamundaFormDefinitionManager()
            .findDefinitionByDeploymentAndKey(deployment, form);
    return definition == null
        ? TaskForm.NONE
        : read(
            context
                .getProcessEngineConfiguration()
                .getRepositoryService()
                .getResourceAsStream(deployment, definition.getResourceName()));
  }

  private static @Nullable String reference(TaskEntity task) {
    task.initializeFormKey();
    return task.getCamundaFormRef() instanceof CamundaFormRefImpl reference
        ? reference.getKey()
        : null;
  }

  private static TaskForm read(InputStream resource) {
    try (InputStream form = resource) {
      return TaskForm.read(new String(form.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
