package io.waymark.engine.identity;

import io.waymark.advisor.TaskRefusedException;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;

/**
 * A rule of the advisors' floor refused an act on a task. As one of the engine's own exceptions it
 * reaches Tasklist and REST as an answer 400 with the sentence, not as a failure.
 */
public class RefusedByRule extends BadUserRequestException {

  private static final long serialVersionUID = 1L;
  private final transient TaskRefusedException refusal;

  RefusedByRule(TaskRefusedException refusal) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
  }

  /** The refusal as the advisors' floor said it. */
  public TaskRefusedException refusal() {
    return refusal;
  }

  static <T> T instead(Supplier<T> act) {
    try {
      return act.get();
    } catch (RefusedByRule already) {
      throw already;
    } catch (RuntimeException failure) {
      throw refusalIn(failure).<RuntimeException>map(RefusedByRule::new).orElse(failure);
    }
  }

  /** The engine wraps what its listeners throw. */
  private static Optional<TaskRefusedException> refusalIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TaskRefusedException refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
