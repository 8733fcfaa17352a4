package io.waymark.console.api;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/** Every refusal and failure of the API as problem details with a Chinese sentence. */
@RestControllerAdvice(basePackageClasses = ApiAdvice.class)
class ApiAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ApiAdvice.class);

  private final MessageSource messages;

  ApiAdvice(MessageSource messages) {
    this.messages = messages;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ApiProblem problem) {
    return answer(problem.status(), problem.code(), problem.getMessage(), problem.facts());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> parameter(MethodArgumentTypeMismatchException problem) {
    return field("invalid_value", problem.getName());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> parameter(MissingServletRequestParameterException problem) {
    return field("missing_field", problem.getParameterName());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> part(MissingServletRequestPartException problem) {
    return field("missing_field", problem.getRequestPartName());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooLarge(MaxUploadSizeExceededException problem) {
    return answer(HttpStatus.PAYLOAD_TOO_LARGE, "too_large", text("api.too_large"), Map.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException problem) {
    return answer(HttpStatus.BAD_REQUEST, "unreadable", text("api.unreadable"), Map.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> mediaType(HttpMediaTypeNotSupportedException problem) {
    String known = problem.getSupportedMediaTypes().toString();
    return answer(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media_type", text("api.media_type", known), Map.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> notAcceptable(HttpMediaTypeNotAcceptableException problem) {
    return answer(
        HttpStatus.NOT_ACCEPTABLE, "not_acceptable", text("api.not_acceptable"), Map.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> method(HttpRequestMethodNotSupportedException problem) {
    return answer(HttpStatus.METHOD_NOT_ALLOWED, "method", text("api.method"), Map.of());
  }

  /** What nobody foresaw: the log has the cause, the caller a sentence without it. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> failed(RuntimeException problem) {
    LOG.error("API request failed", problem);
    return answer(HttpStatus.INTERNAL_SERVER_ERROR, "failed", text("api.failed"), Map.of());
  }

  private ResponseEntity<ProblemDetail> field(String code, String field) {
    return answer(HttpStatus.BAD_REQUEST, code, text("api." + code, field), Map.of("field", field));
  }

  private ResponseEntity<ProblemDetail> answer(
      HttpStatus status, String code, String detail, Map<String, Object> facts) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(text("api.title." + status.value()));
    problem.setProperty("code", code);
    facts.forEach(problem::setProperty);
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private String text(String key, Object... parts) {
    return messages.getMessage(key, parts, key, LocaleContextHolder.getLocale());
  }
}
