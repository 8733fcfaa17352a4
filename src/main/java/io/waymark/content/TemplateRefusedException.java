package io.waymark.content;

import java.util.List;
import java.util.stream.Collectors;

/** A template, or a decision about one, is refused; the message tells a person what to do. */
public class TemplateRefusedException extends RuntimeException {

  private final List<TemplateProblem> problems;

  public TemplateRefusedException(List<TemplateProblem> problems) {
    super(problems.stream().map(TemplateProblem::message).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  TemplateRefusedException(String part, String code, String message) {
    this(List.of(new TemplateProblem(part, 0, code, message)));
  }

  /** Every reason, in the order of the text. */
  public List<TemplateProblem> problems() {
    return problems;
  }
}
