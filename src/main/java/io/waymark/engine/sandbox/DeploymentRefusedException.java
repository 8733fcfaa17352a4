package io.waymark.engine.sandbox;

import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.exception.NotValidException;

/**
 * A deployment was refused as a whole; nothing of it is kept. It is one of the engine's own
 * exceptions, so that REST answers 400 with the message instead of a stack trace.
 */
public class DeploymentRefusedException extends NotValidException {

  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  /** Refuses with every problem found. */
  public DeploymentRefusedException(List<Problem> problems) {
    super(
        "部署被拒绝,请按提示修改后重新部署:"
            + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found, in document order. */
  public List<Problem> problems() {
    return problems;
  }
}
