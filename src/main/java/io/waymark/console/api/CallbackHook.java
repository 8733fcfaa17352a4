package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.waymark.channel.Callback;
import io.waymark.channel.CallbackIntake;
import io.waymark.channel.CallbackRequest;
import io.waymark.channel.ReceiptIntake;
import io.waymark.channel.ReceiptRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Where vendors call back in their own way; the intake decides what is believed. */
@Hidden
@RestController
class CallbackHook {

  private final CallbackIntake intake;

  CallbackHook(CallbackIntake intake) {
    this.intake = intake;
  }

  @RequestMapping(
      path = "/hooks/callbacks/{provider}/{pass}",
      method = {RequestMethod.GET, RequestMethod.POST})
  ResponseEntity<String> callback(
      @PathVariable String provider, @PathVariable String pass, HttpServletRequest request)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(ReceiptIntake.MAX_BODY + 1);
    try {
      Callback callback =
          intake.accept(
              provider,
              new CallbackRequest(
                  request.getMethod(), pass, query(request), headers(request), body));
      return ResponseEntity.status(
              callback.again() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK)
          .contentType(MediaType.parseMediaType(callback.contentType()))
          .body(callback.answer());
    } catch (ReceiptRefusedException refused) {
      throw new ApiProblem(
          status(refused.reason()), "callback_refused", refused.getMessage(), Map.of());
    }
  }

  private static HttpStatus status(ReceiptRefusedException.Reason reason) {
    return switch (reason) {
      case UNKNOWN_PROVIDER -> HttpStatus.NOT_FOUND;
      case MALFORMED -> HttpStatus.BAD_REQUEST;
      case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
      case REPLAYED -> HttpStatus.CONFLICT;
      case SIGNATURE_MISSING, SIGNATURE_WRONG, OUTSIDE_WINDOW -> HttpStatus.UNAUTHORIZED;
    };
  }

  /** From the address alone: a parameter in the body is signed with the body. */
  private static Map<String, String> query(HttpServletRequest request) {
    Map<String, String> query = new HashMap<>();
    UriComponentsBuilder.newInstance()
        .query(request.getQueryString())
        .build()
        .getQueryParams()
        .forEach((name, values) -> query.put(name, decoded(values.get(0))));
    return query;
  }

  private static String decoded(@Nullable String value) {
    return value == null ? "" : URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, request.getHeader(name));
    }
    return headers;
  }
}
