package io.waymark.console.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What the framework refuses before an operation is reached (no such address, wrong method, type or
 * parameter): problem details for programs; for people the error page.
 */
@ControllerAdvice
@Order(1)
class RequestRefusals extends ResponseEntityExceptionHandler {

  private final Problems problems;

  RequestRefusals(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception refused,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode code,
      WebRequest request) {
    ServletWebRequest web = (ServletWebRequest) request;
    HttpStatus status = HttpStatus.valueOf(code.value());
    if (!forPrograms(web.getRequest())) {
      toErrorPage(web.getResponse(), status);
      return null;
    }
    ResponseEntity<ProblemDetail> problem = problem(refused, status);
    return ResponseEntity.status(status).headers(problem.getHeaders()).body(problem.getBody());
  }

  private ResponseEntity<ProblemDetail> problem(Exception refused, HttpStatus status) {
    if (refused instanceof MethodArgumentTypeMismatchException wrong) {
      return problems.ofField("invalid_value", wrong.getName());
    }
    if (refused instanceof MissingServletRequestParameterException missing) {
      return problems.ofField("missing_field", missing.getParameterName());
    }
    if (refused instanceof MissingServletRequestPartException missing) {
      return problems.ofField("missing_field", missing.getRequestPartName());
    }
    if (refused instanceof HttpMediaTypeNotSupportedException type) {
      return problems.of(status, "media_type", type.getSupportedMediaTypes().toString());
    }
    return switch (status) {
      case NOT_FOUND -> problems.of(status, "no_such_address");
      case METHOD_NOT_ALLOWED -> problems.of(status, "method");
      case NOT_ACCEPTABLE -> problems.of(status, "not_acceptable");
      case PAYLOAD_TOO_LARGE -> problems.of(status, "too_large");
      default ->
          status.is4xxClientError()
              ? problems.of(status, "unreadable")
              : problems.of(status, "failed");
    };
  }

  private static boolean forPrograms(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.startsWith("/api/") || path.startsWith("/hooks/") || path.startsWith("/v3/");
  }

  private static void toErrorPage(@Nullable HttpServletResponse response, HttpStatus status) {
    if (response == null || response.isCommitted()) {
      return;
    }
    try {
      response.sendError(status.value());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
