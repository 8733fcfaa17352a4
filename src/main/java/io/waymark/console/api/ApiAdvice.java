package io.waymark.console.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the API's own operations refuse, and what fails in them. */
@RestControllerAdvice(basePackageClasses = ApiAdvice.class)
@Order(2)
class ApiAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ApiAdvice.class);

  private final Problems problems;

  ApiAdvice(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ApiProblem problem) {
    return problems.of(problem.status(), problem.code(), problem.getMessage(), problem.facts());
  }

  /** What nobody foresaw: the log has the cause, the caller a sentence without it. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> failed(RuntimeException problem) {
    LOG.error("API request failed", problem);
    return problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "failed");
  }
}
