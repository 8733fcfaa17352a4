package io.waymark.console.api;

import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request the API refuses as a whole; becomes problem details. */
final class ApiProblem extends RuntimeException {

  private final HttpStatus status;
  private final String code;
  private final transient Map<String, Object> facts;

  /**
   * @param code stable word for machines
   * @param detail Chinese sentence that says what to do
   * @param facts further members of the problem, e.g. {@code field}, {@code line}
   */
  ApiProblem(HttpStatus status, String code, String detail, Map<String, Object> facts) {
    super(detail);
    this.status = status;
    this.code = code;
    this.facts = Map.copyOf(facts);
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  Map<String, Object> facts() {
    return facts;
  }
}
