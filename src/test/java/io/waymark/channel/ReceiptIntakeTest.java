package io.waymark.channel;

import static io.waymark.channel.Peers.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.channel.ReceiptRefusedException.Reason;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.RowProblem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceiptIntakeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final UUID MESSAGE = UUID.fromString("0193a000-0000-7000-8000-000000000001");
  private static final String GOOD =
      """
      {"receipts":[{"receiptId":"r-1","messageId":"%s","kind":"delivered",
        "at":"2026-11-22T10:00:00+08:00","detail":"DELIVRD"}]}"""
          .formatted(MESSAGE);

  private final List<Receipt> received = new ArrayList<>();
  private final ReceiptIntake intake = intake(received::addAll);

  @Test
  void a_signed_batch_is_passed_on() {
    BatchReport report = intake.accept("sms-http", signed("b-1", NOW, GOOD), bytes(GOOD));

    assertThat(report).isEqualTo(new BatchReport(1, 0, List.of()));
    assertThat(received)
        .containsExactly(
            new Receipt(MESSAGE, Channel.SMS, ReceiptKind.DELIVERED, NOW, "DELIVRD", "r-1"));
  }

  @Test
  void header_names_may_come_in_any_case() {
    Map<String, String> shouting = new HashMap<>();
    signed("b-1", NOW, GOOD).forEach((name, value) -> shouting.put(name.toUpperCase(), value));
    intake.accept("sms-http", shouting, bytes(GOOD));
    assertThat(received).hasSize(1);
  }

  @Test
  void a_batch_signed_with_another_secret_is_refused() {
    Map<String, String> headers =
        RequestSignature.headers(new Secret("another"), "b-1", NOW, bytes(GOOD));
    refused("sms-http", headers, GOOD, Reason.SIGNATURE_WRONG);
  }

  @Test
  void a_changed_body_is_refused() {
    refused(
        "sms-http",
        signed("b-1", NOW, GOOD),
        GOOD.replace("delivered", "failed"),
        Reason.SIGNATURE_WRONG);
  }

  @Test
  void an_unsigned_batch_is_refused() {
    refused("sms-http", Map.of(), GOOD, Reason.SIGNATURE_MISSING);
  }

  @Test
  void an_old_batch_is_refused() {
    refused("sms-http", signed("b-1", NOW.minusSeconds(301), GOOD), GOOD, Reason.OUTSIDE_WINDOW);
  }

  @Test
  void a_replayed_batch_is_refused_and_a_batch_sent_anew_is_not() {
    intake.accept("sms-http", signed("b-1", NOW, GOOD), bytes(GOOD));
    Map<String, String> withDecoy = new HashMap<>(signed("b-1", NOW, GOOD));
    withDecoy.compute("webhook-signature", (name, signature) -> "v1,decoy " + signature);

    assertThatThrownBy(() -> intake.accept("sms-http", withDecoy, bytes(GOOD)))
        .isInstanceOfSatisfying(
            ReceiptRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.REPLAYED));
    assertThat(received).hasSize(1);

    intake.accept("sms-http", signed("b-1", NOW.plusSeconds(1), GOOD), bytes(GOOD));
    assertThat(received).hasSize(2);
  }

  @Test
  void a_batch_the_listener_failed_on_may_come_again() {
    List<Receipt> second = new ArrayList<>();
    ReceiptIntake failing =
        intake(
            receipts -> {
              if (second.isEmpty()) {
                second.addAll(receipts);
                throw new IllegalStateException("database away");
              }
              second.addAll(receipts);
            });
    assertThatThrownBy(() -> failing.accept("sms-http", signed("b-1", NOW, GOOD), bytes(GOOD)))
        .hasMessage("database away");

    failing.accept("sms-http", signed("b-1", NOW, GOOD), bytes(GOOD));
    assertThat(second).hasSize(2);
  }

  @Test
  void a_provider_nobody_configured_is_refused() {
    refused("carrier-pigeon", signed("b-1", NOW, GOOD), GOOD, Reason.UNKNOWN_PROVIDER);
  }

  @Test
  void what_is_no_batch_is_refused() {
    for (String body : List.of("", "not json", "[]", "{}", "{\"receipts\":{}}")) {
      refused("sms-http", signed("b-1", NOW, body), body, Reason.MALFORMED);
    }
    String rows = "{\"receipts\":[" + "{},".repeat(10_000) + "{}]}";
    refused("sms-http", signed("b-1", NOW, rows), rows, Reason.MALFORMED);
  }

  @Test
  void a_body_too_large_is_refused_unread() {
    refused("sms-http", Map.of(), " ".repeat(ReceiptIntake.MAX_BODY + 1), Reason.TOO_LARGE);
  }

  @Test
  void bad_rows_are_named_and_good_rows_kept() {
    String good = "{\"receiptId\":\"r\",\"messageId\":\"" + MESSAGE + "\",";
    String body =
        String.join(
            ",",
            "{\"receipts\":[{\"messageId\":\"" + MESSAGE + "\"}",
            "{\"receiptId\":\"r\",\"messageId\":\"1-1-1-1-1\"}",
            good + "\"kind\":\"eaten\"}",
            good + "\"kind\":\"opened\",\"at\":\"yesterday\"}",
            good + "\"kind\":\"opened\",\"at\":\"2026-11-22T10:00:00\"}",
            "7",
            good + "\"kind\":\"opened\",\"at\":\"2026-11-22T10:00:00+08:00\"}]}");

    BatchReport report = intake.accept("sms-http", signed("b-1", NOW, body), bytes(body));

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "receiptId"),
            org.assertj.core.groups.Tuple.tuple(2, "messageId"),
            org.assertj.core.groups.Tuple.tuple(3, "kind"),
            org.assertj.core.groups.Tuple.tuple(4, "at"),
            org.assertj.core.groups.Tuple.tuple(5, "at"),
            org.assertj.core.groups.Tuple.tuple(6, "receiptId"));
    assertThat(received).singleElement().extracting(Receipt::kind).isEqualTo(ReceiptKind.OPENED);
  }

  private void refused(String provider, Map<String, String> headers, String body, Reason reason) {
    assertThatThrownBy(() -> intake.accept(provider, headers, bytes(body)))
        .isInstanceOfSatisfying(
            ReceiptRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    assertThat(received).isEmpty();
  }

  private static ReceiptIntake intake(ReceiptListener listener) {
    return new ReceiptIntake(
        Map.of("sms-http", new ReceiptSource(Channel.SMS, SECRET)),
        List.of(listener),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Map<String, String> signed(String id, Instant at, String body) {
    return RequestSignature.headers(SECRET, id, at, bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
