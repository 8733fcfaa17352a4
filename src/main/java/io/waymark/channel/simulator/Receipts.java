package io.waymark.channel.simulator;

import io.waymark.channel.ReceiptKind;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides which receipts a taken message gets, and hands them to the courier. */
final class Receipts {

  private final ReceiptCourier courier;
  private final Chance chance;
  private final Clock clock;

  Receipts(ReceiptCourier courier, Chance chance, Clock clock) {
    this.courier = courier;
    this.chance = chance;
    this.clock = clock;
  }

  void start() {
    courier.start();
  }

  void stop() {
    courier.stop();
  }

  /** A text message: delivered, or failed with a code as carriers give it. */
  void forText(UUID messageId, Misbehaviour now) {
    if (chance.strikes(now.failureRate(), "failure", messageId, 0)) {
      bring(messageId, ReceiptKind.FAILED, "UNDELIV", now, delay(messageId, now));
    } else {
      bring(messageId, ReceiptKind.DELIVERED, "DELIVRD", now, delay(messageId, now));
    }
  }

  /** A mail: bounced, or delivered and perhaps opened and clicked. */
  void forMail(UUID messageId, Misbehaviour now) {
    long delay = delay(messageId, now);
    if (chance.strikes(now.failureRate(), "failure", messageId, 0)) {
      bring(messageId, ReceiptKind.BOUNCED, "5.1.1", now, delay);
      return;
    }
    bring(messageId, ReceiptKind.DELIVERED, null, now, delay);
    if (chance.strikes(now.openRate(), "open", messageId, 0)) {
      long opened = delay + 1 + now.receiptDelayMillis();
      bring(messageId, ReceiptKind.OPENED, null, now, opened);
      if (chance.strikes(now.clickRate(), "click", messageId, 0)) {
        bring(messageId, ReceiptKind.CLICKED, null, now, opened + 1 + now.receiptDelayMillis());
      }
    }
  }

  private void bring(
      UUID messageId, ReceiptKind kind, @Nullable String detail, Misbehaviour now, long delay) {
    String receiptId = "r-" + messageId + "-" + kind.code();
    Instant at = clock.instant().plusMillis(delay);
    long due = delay;
    if (chance.strikes(now.lateReceiptRate(), "late-" + kind.code(), messageId, 0)) {
      due += 2L * (now.receiptDelayMillis() + now.receiptJitterMillis());
    }
    courier.bring(receiptId, messageId, kind, at, detail, due);
    if (chance.strikes(now.duplicateReceiptRate(), "duplicate-" + kind.code(), messageId, 0)) {
      courier.bring(receiptId, messageId, kind, at, detail, due + 1 + now.receiptDelayMillis());
    }
  }

  private long delay(UUID messageId, Misbehaviour now) {
    double jitter = chance.roll("jitter", messageId, 0) * now.receiptJitterMillis();
    return now.receiptDelayMillis() + Math.round(jitter);
  }
}
