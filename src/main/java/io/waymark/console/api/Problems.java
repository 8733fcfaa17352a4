package io.waymark.console.api;

import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Writes problem details (RFC 9457) with a title, a stable code and a sentence for people. */
@Component
class Problems {

  private final MessageSource messages;

  Problems(MessageSource messages) {
    this.messages = messages;
  }

  /** A problem whose sentence stands in the bundle as {@code api.<code>}. */
  ResponseEntity<ProblemDetail> of(HttpStatus status, String code, Object... parts) {
    return of(status, code, text("api." + code, parts), Map.of());
  }

  /** A problem of one field, named in the sentence and as a member. */
  ResponseEntity<ProblemDetail> ofField(String code, String field) {
    return of(HttpStatus.BAD_REQUEST, code, text("api." + code, field), Map.of("field", field));
  }

  ResponseEntity<ProblemDetail> of(
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
