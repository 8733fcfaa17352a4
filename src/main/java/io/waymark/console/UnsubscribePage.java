package io.waymark.console;

import io.waymark.console.security.DoorThrottle;
import io.waymark.contact.link.Unsubscribing;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The way out for customers: no sign-in, no name, no branch. Looking at it changes nothing, because
 * mail scanners look at every link; only a POST refuses (RFC 8058).
 */
@Controller
class UnsubscribePage {

  private static final String ONE_CLICK = "List-Unsubscribe";

  private final Unsubscribing unsubscribing;
  private final DoorThrottle throttle;

  UnsubscribePage(Unsubscribing unsubscribing, DoorThrottle throttle) {
    this.unsubscribing = unsubscribing;
    this.throttle = throttle;
  }

  @GetMapping("/u/{token}")
  String offer(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    closed(response);
    if (!throttle.admits(request.getRemoteAddr())) {
      return end(model, response, HttpStatus.TOO_MANY_REQUESTS, "slow");
    }
    Optional<Unsubscribing.Offer> offer = unsubscribing.offer(token);
    if (offer.isEmpty()) {
      return end(model, response, HttpStatus.NOT_FOUND, "gone");
    }
    return ask(model, token, offer.get(), false);
  }

  @PostMapping("/u/{token}")
  String refuse(
      @PathVariable String token,
      @RequestParam(required = false, defaultValue = "") List<String> purpose,
      @RequestParam(required = false, defaultValue = "") List<String> channel,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    closed(response);
    if (!throttle.admits(request.getRemoteAddr())) {
      return end(model, response, HttpStatus.TOO_MANY_REQUESTS, "slow");
    }
    Optional<Unsubscribing.Offer> offer = unsubscribing.offer(token);
    if (offer.isEmpty()) {
      return end(model, response, HttpStatus.NOT_FOUND, "gone");
    }
    if (request.getParameter(ONE_CLICK) != null) {
      unsubscribing.oneClick(token);
      return end(model, response, HttpStatus.OK, "done");
    }
    boolean refused =
        unsubscribing.refuse(
            token,
            Stream.of(Purpose.values()).filter(one -> purpose.contains(one.code())).toList(),
            Stream.of(Channel.values()).filter(one -> channel.contains(one.code())).toList());
    if (!refused) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      return ask(model, token, offer.get(), true);
    }
    return end(model, response, HttpStatus.OK, "done");
  }

  private static String ask(
      Model model, String token, Unsubscribing.Offer offer, boolean nothingChosen) {
    model.addAttribute("state", "ask");
    model.addAttribute("token", token);
    model.addAttribute("purposes", offer.purposes().stream().map(Purpose::code).toList());
    model.addAttribute("channels", offer.channels().stream().map(Channel::code).toList());
    model.addAttribute("chosen", offer.chosen().stream().map(Purpose::code).toList());
    model.addAttribute("own", offer.channel().code());
    model.addAttribute("nothingChosen", nothingChosen);
    return "unsubscribe";
  }

  private static String end(
      Model model, HttpServletResponse response, HttpStatus status, String state) {
    response.setStatus(status.value());
    model.addAttribute("state", state);
    return "unsubscribe";
  }

  private static void closed(HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex");
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none';"
            + " base-uri 'none'");
  }
}
