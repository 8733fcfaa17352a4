package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewProcess;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.ReviewStage;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.engine.identity.RefusedByRule;
import io.waymark.engine.run.EngineCommands;
import io.waymark.engine.sandbox.ReviewDrawing;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Runs reviews as instances of the drawing {@code content-review}. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EngineReviews implements ReviewProcess {

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final IdentityService identity;
  private final EngineCommands commands;
  private final ReviewStarts starts;

  EngineReviews(
      RuntimeService runtime,
      TaskService tasks,
      IdentityService identity,
      EngineCommands commands,
      ReviewStarts starts) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.identity = identity;
    this.commands = commands;
    this.starts = starts;
  }

  @Override
  public void start(long reviewId) {
    starts.starting(
        reviewId,
        () ->
            commands.unhindered(
                () ->
                    runtime.startProcessInstanceByKey(ReviewDrawing.KEY, ReviewKey.of(reviewId))));
  }

  @Override
  public void decide(
      long reviewId, ReviewStage stage, boolean agree, @Nullable String reason, String by) {
    Map<String, Object> answer = new HashMap<>();
    answer.put(ReviewTasks.OUTCOME, agree ? ReviewTasks.AGREE : ReviewTasks.SEND_BACK);
    if (reason != null && !reason.isBlank()) {
      answer.put(ReviewTasks.NOTE, reason);
    }
    Authentication before = identity.getCurrentAuthentication();
    identity.setAuthenticatedUserId(by);
    try {
      commands.unhindered(() -> tasks.complete(task(reviewId, stage), answer));
    } catch (RefusedByRule refused) {
      throw refused.refusal();
    } finally {
      identity.setAuthentication(before);
    }
  }

  private String task(long reviewId, ReviewStage stage) {
    Task task =
        tasks
            .createTaskQuery()
            .processDefinitionKey(ReviewDrawing.KEY)
            .processInstanceBusinessKey(ReviewKey.of(reviewId))
            .taskDefinitionKey(stage == ReviewStage.BUSINESS ? "Task_Business" : "Task_Officer")
            .singleResult();
    if (task == null) {
      throw new ReviewRefusedException("not_open", "这个审核已不在该环节, 请刷新列表。");
    }
    return task.getId();
  }

  @Override
  public void end(long reviewId, ReviewStatus how) {
    commands.unhindered(
        () ->
            runtime
                .createMessageCorrelation("review." + how.code())
                .processInstanceBusinessKey(ReviewKey.of(reviewId))
                .correlate());
  }
}
