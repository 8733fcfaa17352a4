package io.waymark.engine.identity;

import java.util.Map;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's form service under the same rule as {@link AnswersOnly}. */
public class AnswerForms extends FormServiceImpl {

  @Override
  public void submitTaskForm(String taskId, @Nullable Map<String, Object> properties) {
    AnswersOnly.requireAnswer(properties);
    RefusedByRule.instead(
        () -> {
          super.submitTaskForm(taskId, properties);
          return taskId;
        });
  }

  @Override
  public VariableMap submitTaskFormWithVariablesInReturn(
      String taskId, @Nullable Map<String, Object> properties, boolean deserializeValues) {
    AnswersOnly.requireAnswer(properties);
    return RefusedByRule.instead(
        () -> super.submitTaskFormWithVariablesInReturn(taskId, properties, deserializeValues));
  }
}
