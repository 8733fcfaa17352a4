package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.waymark.channel.ReceiptIntake;
import io.waymark.channel.ReceiptRefusedException;
import io.waymark.platform.BatchReport;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where providers report what became of messages; the signature is checked by the intake. */
@Hidden
@RestController
class ReceiptHook {

  private static final int MOST_BYTES = ReceiptIntake.MAX_BODY;

  private final ReceiptIntake intake;

  ReceiptHook(ReceiptIntake intake) {
    this.intake = intake;
  }

  @PostMapping("/hooks/receipts/{provider}")
  BatchReport receipts(@PathVariable String provider, HttpServletRequest request)
      throws IOException {
    // Signed bytes are the bytes as they came, so no converter may read them first.
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new ApiProblem(HttpStatus.PAYLOAD_TOO_LARGE, "too_large", "回执内容过大，请分批发送。", Map.of());
    }
    try {
      return intake.accept(provider, headers(request), body);
    } catch (ReceiptRefusedException refused) {
      throw new ApiProblem(
          HttpStatus.UNAUTHORIZED, "receipt_refused", refused.getMessage(), Map.of());
    }
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, request.getHeader(name));
    }
    return headers;
  }
}
