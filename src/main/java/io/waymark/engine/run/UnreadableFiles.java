package io.waymark.engine.run;

import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.engine.sandbox.Problem;
import io.waymark.engine.sandbox.ProblemKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ResourceReport;

/** Says of files the engine itself cannot read where the mistake is, in place of a stack trace. */
final class UnreadableFiles {

  private static final String MEND = "流程引擎不能执行这一处,请在建模工具中修改:";

  private UnreadableFiles() {}

  /** The same failure, told as a refusal when the files are to blame and as it is when not. */
  static ProcessEngineException told(ProcessEngineException failure, Set<String> files) {
    if (failure instanceof ParseException drawing) {
      return new DeploymentRefusedException(
          drawing.getResorceReports().stream().flatMap(UnreadableFiles::problems).toList());
    }
    if (failure.getCause() instanceof DmnEngineException) {
      return new DeploymentRefusedException(List.of(table(failure, files)));
    }
    return failure;
  }

  private static Stream<Problem> problems(ResourceReport report) {
    return report.getErrors().stream()
        .map(
            error ->
                new Problem(
                    ProblemKind.PARSE,
                    report.getResourceName(),
                    Objects.requireNonNullElseGet(
                        error.getMainElementId(), () -> "第 %d 行".formatted(error.getLine())),
                    MEND + error.getMessage()));
  }

  /** The engine names the table in its sentence only, and the mistake in the last cause only. */
  private static Problem table(ProcessEngineException failure, Set<String> files) {
    String sentence = String.valueOf(failure.getMessage());
    String file =
        files.stream().filter(name -> sentence.contains("'" + name + "'")).findFirst().orElse("部署");
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new Problem(ProblemKind.PARSE, file, "决策表", MEND + cause.getMessage());
  }
}
