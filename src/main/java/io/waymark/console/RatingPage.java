package io.waymark.console;

import io.waymark.advisor.Satisfaction;
import io.waymark.console.security.DoorThrottle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where customers say how satisfied they were: no sign-in, no name. Looking at it gives no score,
 * because scanners look at every link; only a POST does.
 */
@Controller
class RatingPage {

  private final Satisfaction satisfaction;
  private final DoorThrottle throttle;

  RatingPage(Satisfaction satisfaction, DoorThrottle throttle) {
    this.satisfaction = satisfaction;
    this.throttle = throttle;
  }

  @GetMapping("/s/{token}")
  String ask(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    closed(response);
    if (!throttle.admits(request.getRemoteAddr())) {
      return end(model, response, HttpStatus.TOO_MANY_REQUESTS, "slow");
    }
    Optional<Integer> proposed = satisfaction.proposed(token);
    if (proposed.isEmpty()) {
      return end(model, response, HttpStatus.NOT_FOUND, "gone");
    }
    model.addAttribute("proposed", proposed.get());
    model.addAttribute("token", token);
    return end(model, response, HttpStatus.OK, "ask");
  }

  @PostMapping("/s/{token}")
  String give(
      @PathVariable String token,
      @RequestParam(defaultValue = "0") int score,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    closed(response);
    if (!throttle.admits(request.getRemoteAddr())) {
      return end(model, response, HttpStatus.TOO_MANY_REQUESTS, "slow");
    }
    return satisfaction.give(token, score)
        ? end(model, response, HttpStatus.OK, "done")
        : end(model, response, HttpStatus.NOT_FOUND, "gone");
  }

  private static String end(
      Model model, HttpServletResponse response, HttpStatus status, String state) {
    response.setStatus(status.value());
    model.addAttribute("state", state);
    return "rating";
  }

  private static void closed(HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex");
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  }
}
