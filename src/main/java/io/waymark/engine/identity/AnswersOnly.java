package io.waymark.engine.identity;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.form.TaskField;
import java.io.InputStream;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.task.Attachment;
import org.camunda.bpm.engine.task.Comment;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/**
 * The engine's task service as advisors reach it through Tasklist and REST: a task can be read,
 * claimed, handed over and completed with an outcome, a note and the further answers of its form,
 * which are taken out before anything is written. Everything else is closed. Whoever holds a task
 * could otherwise write {@code verdict} or any other variable the journey decides by, show the task
 * to another branch, move its due date, or leave what a customer said as an open comment.
 */
public class AnswersOnly extends TaskServiceImpl {

  private static final Set<String> ANSWER = Set.of("outcome", "note");

  @Override
  public void complete(String taskId, @Nullable Map<String, Object> variables) {
    requireAnswer(variables);
    RefusedByRule.instead(
        () -> {
          super.complete(taskId, variables);
          return taskId;
        });
  }

  @Override
  public VariableMap completeWithVariablesInReturn(
      String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
    requireAnswer(variables);
    return RefusedByRule.instead(
        () -> super.completeWithVariablesInReturn(taskId, variables, deserializeValues));
  }

  @Override
  public void claim(String taskId, String userId) {
    RefusedByRule.instead(
        () -> {
          super.claim(taskId, userId);
          return taskId;
        });
  }

  @Override
  public void setAssignee(String taskId, @Nullable String userId) {
    RefusedByRule.instead(
        () -> {
          super.setAssignee(taskId, userId);
          return taskId;
        });
  }

  static void requireAnswer(@Nullable Map<String, ?> variables) {
    if (variables != null) {
      variables.keySet().stream()
          .filter(name -> !ANSWER.contains(name) && !name.startsWith(TaskField.PREFIX))
          .findFirst()
          .ifPresent(
              name -> {
                throw new RefusedByRule(
                    new TaskRefusedException(
                        "answer_only", "完成任务只能提交处理结果 outcome、备注 note 和表单里的字段,不能提交“" + name + "”。"));
              });
    }
  }

  private static RefusedByRule closed(String what) {
    return new RefusedByRule(
        new TaskRefusedException(
            "task_closed_to_this", "不能通过此入口" + what + ";请领取、转交任务,或以处理结果 outcome 和备注 note 完成它。"));
  }

  private static RefusedByRule variables() {
    return closed("修改旅程变量");
  }

  private static RefusedByRule fields() {
    return closed("修改任务内容");
  }

  private static RefusedByRule people() {
    return closed("更改任务的候选人");
  }

  private static RefusedByRule texts() {
    return closed("添加评论或附件(客户情况请写在备注里,备注加密保存)");
  }

  private static RefusedByRule path() {
    return closed("改变任务的走向");
  }

  @Override
  protected void setVariables(String taskId, Map<String, ?> variables, boolean local) {
    throw variables();
  }

  @Override
  public void setVariable(String taskId, String name, @Nullable Object value) {
    throw variables();
  }

  @Override
  public void setVariableLocal(String taskId, String name, @Nullable Object value) {
    throw variables();
  }

  @Override
  protected void updateVariables(
      String taskId, Map<String, ?> modifications, Collection<String> deletions, boolean local) {
    throw variables();
  }

  @Override
  public void removeVariable(String taskId, String name) {
    throw variables();
  }

  @Override
  public void removeVariableLocal(String taskId, String name) {
    throw variables();
  }

  @Override
  public void removeVariables(String taskId, Collection<String> names) {
    throw variables();
  }

  @Override
  public void removeVariablesLocal(String taskId, Collection<String> names) {
    throw variables();
  }

  @Override
  public void saveTask(Task task) {
    throw fields();
  }

  @Override
  public void deleteTask(String taskId) {
    throw path();
  }

  @Override
  public void deleteTask(String taskId, boolean cascade) {
    throw path();
  }

  @Override
  public void deleteTask(String taskId, String reason) {
    throw path();
  }

  @Override
  public void deleteTasks(Collection<String> taskIds) {
    throw path();
  }

  @Override
  public void deleteTasks(Collection<String> taskIds, boolean cascade) {
    throw path();
  }

  @Override
  public void deleteTasks(Collection<String> taskIds, String reason) {
    throw path();
  }

  @Override
  public void setName(String taskId, String name) {
    throw fields();
  }

  @Override
  public void setDescription(String taskId, String description) {
    throw fields();
  }

  @Override
  public void setPriority(String taskId, int priority) {
    throw fields();
  }

  @Override
  public void setDueDate(String taskId, Date dueDate) {
    throw fields();
  }

  @Override
  public void setFollowUpDate(String taskId, Date followUpDate) {
    throw fields();
  }

  @Override
  public void setOwner(String taskId, String userId) {
    throw people();
  }

  @Override
  public void addCandidateUser(String taskId, String userId) {
    throw people();
  }

  @Override
  public void addCandidateGroup(String taskId, String groupId) {
    throw people();
  }

  @Override
  public void addUserIdentityLink(String taskId, String userId, String type) {
    throw people();
  }

  @Override
  public void addGroupIdentityLink(String taskId, String groupId, String type) {
    throw people();
  }

  @Override
  public void deleteCandidateUser(String taskId, String userId) {
    throw people();
  }

  @Override
  public void deleteCandidateGroup(String taskId, String groupId) {
    throw people();
  }

  @Override
  public void deleteUserIdentityLink(String taskId, String userId, String type) {
    throw people();
  }

  @Override
  public void deleteGroupIdentityLink(String taskId, String groupId, String type) {
    throw people();
  }

  @Override
  public void delegateTask(String taskId, String userId) {
    throw people();
  }

  @Override
  public void resolveTask(String taskId) {
    throw path();
  }

  @Override
  public void resolveTask(String taskId, Map<String, Object> variables) {
    throw path();
  }

  @Override
  public void addComment(String taskId, String instanceId, String message) {
    throw texts();
  }

  @Override
  public Comment createComment(String taskId, String instanceId, String message) {
    throw texts();
  }

  @Override
  public void updateTaskComment(String taskId, String commentId, String message) {
    throw texts();
  }

  @Override
  public void updateProcessInstanceComment(String instanceId, String commentId, String message) {
    throw texts();
  }

  @Override
  public Attachment createAttachment(
      String type, String taskId, String instanceId, String name, String text, InputStream bytes) {
    throw texts();
  }

  @Override
  public Attachment createAttachment(
      String type, String taskId, String instanceId, String name, String text, String url) {
    throw texts();
  }

  @Override
  public void saveAttachment(Attachment attachment) {
    throw texts();
  }

  @Override
  public void handleBpmnError(String taskId, String errorCode) {
    throw path();
  }

  @Override
  public void handleBpmnError(String taskId, String errorCode, @Nullable String message) {
    throw path();
  }

  @Override
  public void handleBpmnError(
      String taskId,
      String errorCode,
      @Nullable String message,
      @Nullable Map<String, Object> variables) {
    throw path();
  }

  @Override
  public void handleEscalation(String taskId, String escalationCode) {
    throw path();
  }

  @Override
  public void handleEscalation(
      String taskId, String escalationCode, @Nullable Map<String, Object> variables) {
    throw path();
  }
}
