package io.waymark.console.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** How a door says no to a program: RFC 9457 problem details with a Chinese sentence. */
@Component
class Refusals {

  private final MessageSource messages;
  private final ObjectMapper json;

  Refusals(MessageSource messages, ObjectMapper json) {
    this.messages = messages;
    this.json = json;
  }

  /**
   * For the API. It sends no Basic challenge: a browser that never remembers a Basic password
   * cannot be made to send it from another site.
   */
  AuthenticationEntryPoint notSignedIn() {
    return (request, response, problem) -> notSignedIn(request, response, problem);
  }

  AccessDeniedHandler forbidden() {
    return (request, response, problem) -> forbidden(request, response, problem);
  }

  private void notSignedIn(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
      throws IOException {
    boolean wrongKey = request.getHeader(ApiKeyFilter.HEADER) != null;
    write(
        request, response, HttpStatus.UNAUTHORIZED, wrongKey ? "api_key_unknown" : "not_signed_in");
  }

  private void forbidden(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException problem)
      throws IOException {
    write(
        request,
        response,
        HttpStatus.FORBIDDEN,
        problem instanceof CsrfException ? "csrf_missing" : "forbidden");
  }

  private void write(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code)
      throws IOException {
    var locale = request.getLocale();
    var problem =
        ProblemDetail.forStatusAndDetail(status, messages.getMessage("api." + code, null, locale));
    problem.setTitle(messages.getMessage("api.title." + status.value(), null, locale));
    problem.setProperty("code", code);
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.getWriter().write(json.writeValueAsString(problem));
  }
}
