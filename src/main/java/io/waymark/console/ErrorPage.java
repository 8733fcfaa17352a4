package io.waymark.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.AbstractTemplateView;

/** What is shown when a request ends nowhere: a page to people, problem details to programs. */
@Controller
class ErrorPage implements ErrorController {

  private final Words words;

  ErrorPage(Words words) {
    this.words = words;
  }

  @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView page(HttpServletRequest request) {
    // Left behind by a page that failed while it was drawn; drawing another one would trip over it.
    request.removeAttribute(AbstractTemplateView.SPRING_MACRO_REQUEST_CONTEXT_ATTRIBUTE);
    HttpStatus status = status(request);
    ModelAndView page = new ModelAndView("error", status);
    page.addObject("kind", kind(status));
    return page;
  }

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> problem(HttpServletRequest request) {
    HttpStatus status = status(request);
    var problem = ProblemDetail.forStatusAndDetail(status, words.of("error.hint." + kind(status)));
    problem.setTitle(words.of("error.title." + kind(status)));
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static String kind(HttpStatus status) {
    return switch (status) {
      case FORBIDDEN, UNAUTHORIZED -> "forbidden";
      case NOT_FOUND -> "missing";
      default -> status.is4xxClientError() ? "request" : "failed";
    };
  }

  private static HttpStatus status(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
  }
}
