package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewCourse;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.ReviewStage;
import io.waymark.engine.run.StepProperties;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds decisions to the rules of the review, whatever door they come by: the console, Tasklist or
 * REST all end in these events of the engine.
 */
@Component
class ReviewTasks implements TaskListener {

  static final String OUTCOME = "outcome";
  static final String NOTE = "note";
  static final String AGREE = "agree";
  static final String SEND_BACK = "send_back";

  private final ReviewCourse course;

  ReviewTasks(ReviewCourse course) {
    this.course = course;
  }

  @Override
  public void notify(DelegateTask task) {
    switch (task.getEventName()) {
      case EVENTNAME_CREATE -> offered(task);
      case EVENTNAME_COMPLETE -> decided(task);
      case EVENTNAME_ASSIGNMENT -> {
        if (task.getAssignee() != null) {
          throw new ReviewRefusedException("no_claim", "审核任务不需要领取或转交, 有权限的同事可直接决定。");
        }
      }
      default -> {
        // A task ends with its review, which says why itself.
      }
    }
  }

  private void offered(DelegateTask task) {
    // A decision at an earlier stage must not decide this one.
    task.getExecution().removeVariable(OUTCOME);
    ReviewStage stage = stage(task);
    task.addCandidateGroup(stage.role().code());
    course.reached(ReviewKey.review(task.getExecution()), stage);
  }

  private void decided(DelegateTask task) {
    Object outcome = task.getVariable(OUTCOME);
    if (!AGREE.equals(outcome) && !SEND_BACK.equals(outcome)) {
      throw new ReviewRefusedException("outcome_missing", "请选择“同意”(agree)或“退回修改”(send_back)。");
    }
    course.decide(
        ReviewKey.review(task.getExecution()),
        stage(task),
        AGREE.equals(outcome),
        note(task),
        actor());
  }

  private static ReviewStage stage(DelegateTask task) {
    return ReviewStage.of(StepProperties.of(task.getExecution()).getOrDefault("stage", ""));
  }

  private static @Nullable String note(DelegateTask task) {
    Object note = task.getVariable(NOTE);
    task.removeVariable(NOTE);
    task.getExecution().removeVariable(NOTE);
    return note == null ? null : note.toString();
  }

  private static String actor() {
    Authentication authentication = Context.getCommandContext().getAuthentication();
    if (authentication == null || authentication.getUserId() == null) {
      throw new ReviewRefusedException("actor_unknown", "请先登录再审核。");
    }
    return authentication.getUserId();
  }
}
