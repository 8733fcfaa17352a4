package io.waymark.engine.identity;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.compliance.review.ReviewRefusedException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;

/**
 * A rule of the advisors or of the reviews refused an act on a task. It is an exception of the
 * engine's REST interface, because only those reach Tasklist and REST callers as an answer 400 with
 * the sentence: completing a task reports any exception of the engine itself as a failure of the
 * server.
 */
public class RefusedByRule extends InvalidRequestException {

  private static final long serialVersionUID = 1L;
  private final transient RuntimeException refusal;

  RefusedByRule(RuntimeException refusal) {
    super(Response.Status.BAD_REQUEST, refusal, refusal.getMessage());
    this.refusal = refusal;
  }

  /** The refusal as the floor that owns the rule said it. */
  public RuntimeException refusal() {
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
  private static Optional<RuntimeException> refusalIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TaskRefusedException refusal) {
        return Optional.of(refusal);
      }
      if (cause instanceof SuspendedEntityInteractionException) {
        return Optional.of(
            new TaskRefusedException("journey_held", "该客户所在的旅程已被合规召回，任务暂不能处理；解除召回后再办理。"));
      }
      if (cause instanceof ReviewRefusedException refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
