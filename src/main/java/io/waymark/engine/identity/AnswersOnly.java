package io.waymark.engine.identity;

import io.waymark.advisor.TaskRefusedException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/**
 * The engine's task service as advisors reach it through Tasklist and REST: a task takes an outcome
 * and a note, nothing else. Otherwise whoever completes a task could also write {@code verdict} or
 * any other variable the journey decides by.
 */
public class AnswersOnly extends TaskServiceImpl {

  private static final Set<String> ANSWER = Set.of("outcome", "note");

  @Override
  public void complete(String taskId, @Nullable Map<String, Object> variables) {
    requireAnswer(variables);
    held(() -> super.complete(taskId, variables));
  }

  @Override
  public VariableMap completeWithVariablesInReturn(
      String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
    requireAnswer(variables);
    return RefusedByRule.instead(
        () -> super.completeWithVariablesInReturn(taskId, variables, deserializeValues));
  }

  @Override
  public void resolveTask(String taskId, @Nullable Map<String, Object> variables) {
    requireAnswer(variables);
    super.resolveTask(taskId, variables);
  }

  @Override
  public void setVariable(String taskId, String name, Object value) {
    requireAnswer(Map.of(name, value));
    super.setVariable(taskId, name, value);
  }

  @Override
  public void setVariables(String taskId, Map<String, ?> variables) {
    requireAnswer(variables);
    super.setVariables(taskId, variables);
  }

  @Override
  public void setVariableLocal(String taskId, String name, Object value) {
    requireAnswer(Map.of(name, value));
    super.setVariableLocal(taskId, name, value);
  }

  @Override
  public void setVariablesLocal(String taskId, Map<String, ?> variables) {
    requireAnswer(variables);
    super.setVariablesLocal(taskId, variables);
  }

  @Override
  public void updateVariables(
      String taskId, Map<String, ?> modifications, Collection<String> deletions) {
    requireAnswer(modifications);
    super.updateVariables(taskId, modifications, deletions);
  }

  @Override
  public void updateVariablesLocal(
      String taskId, Map<String, ?> modifications, Collection<String> deletions) {
    requireAnswer(modifications);
    super.updateVariablesLocal(taskId, modifications, deletions);
  }

  @Override
  public void claim(String taskId, String userId) {
    held(() -> super.claim(taskId, userId));
  }

  @Override
  public void setAssignee(String taskId, @Nullable String userId) {
    held(() -> super.setAssignee(taskId, userId));
  }

  @Override
  public void delegateTask(String taskId, String userId) {
    throw new RefusedByRule(refused("delegate"));
  }

  @Override
  public void removeVariable(String taskId, String name) {
    throw new RefusedByRule(refused(name));
  }

  @Override
  public void handleBpmnError(String taskId, String errorCode) {
    throw new RefusedByRule(refused(errorCode));
  }

  @Override
  public void handleBpmnError(String taskId, String errorCode, @Nullable String message) {
    throw new RefusedByRule(refused(errorCode));
  }

  @Override
  public void handleBpmnError(
      String taskId,
      String errorCode,
      @Nullable String message,
      @Nullable Map<String, Object> variables) {
    throw new RefusedByRule(refused(errorCode));
  }

  @Override
  public void handleEscalation(String taskId, String escalationCode) {
    throw new RefusedByRule(refused(escalationCode));
  }

  @Override
  public void handleEscalation(
      String taskId, String escalationCode, @Nullable Map<String, Object> variables) {
    throw new RefusedByRule(refused(escalationCode));
  }

  static void requireAnswer(@Nullable Map<String, ?> variables) {
    if (variables != null) {
      variables.keySet().stream()
          .filter(name -> !ANSWER.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new RefusedByRule(refused(name));
              });
    }
  }

  private static void held(Runnable act) {
    RefusedByRule.instead(
        () -> {
          act.run();
          return Boolean.TRUE;
        });
  }

  private static TaskRefusedException refused(String what) {
    return new TaskRefusedException(
        "answer_only", "完成任务只能提交处理结果 outcome 和备注 note,不能提交“" + what + "”。");
  }
}
